import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRows } from '../../src/adapters/files/write/write-rows.ts';
import { initial } from '../../src/adapters/sqlite/migrations/0001-initial.ts';
import { openRunArchive } from '../../src/adapters/sqlite/read/run-archive.ts';
import { agreementReportSchema } from '../../src/analyses/agreement/schema.ts';
import type { Item } from '../../src/domain/item.ts';
import { rated, storeRun } from '../support/stored-run.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
let runId: string;
beforeAll(async () => {
  here = makeWorkplace();
  runId = await storeRun(here.path('store.sqlite'), RUN, ({ item, model }) =>
    rated(1 + ((Number(item.id.slice(1)) + 3 * model) % 10)),
  );
});
afterAll(() => here.remove());

const items = Array.from({ length: 12 }, (_, number): Item => {
  const culture = number % 2 === 0 ? 'Arab' : 'Chinese';
  return {
    id: `q${number}`,
    question: `Question ${number}?`,
    reference: 'Answer.',
    culture,
    language: 'en',
    category: 'Opinion',
    scope: null,
    association: null,
    cluster: null,
  };
});

/** Both models give the same text to q0. */
const RUN = {
  name: 'people',
  models: [{ name: 'A' }, { name: 'B', variant: 'Aligned' }],
  styles: ['zero-shot'],
  judges: ['J'],
  items,
  answer: ({ item, model }: { item: Item; model: number }) => ({
    status: 'completed' as const,
    text: item.id === 'q0' ? 'The same text.' : `Answer ${model} to ${item.id}`,
    reasoning: null,
  }),
};

const importRatings = (file: string, ...flags: string[]) =>
  here.cli(['import', 'ratings', file, '--db', '@store.sqlite', ...flags]);

/** Ratings as they are in the store, `answer | rater | rating`. */
function stored(): string[] {
  const database = new Database(here.path('store.sqlite'), { readonly: true });
  const rows = database
    .prepare<[], { line: string }>(
      `SELECT a.answer || ' | ' || h.rater || ' | ' || h.rating AS line
       FROM human_ratings h JOIN human_answers a ON a.id = h.answer ORDER BY line`,
    )
    .all();
  database.close();
  return rows.map(({ line }) => line);
}

describe('import ratings', () => {
  it('reports every bad row with its line and writes nothing', async () => {
    here.write(
      'bad.csv',
      [
        'item,question,response,model,rater,rating,scale_min,scale_max',
        'q1,,Answer 0 to q1,,A,11,,',
        'q99,,text,,A,5,,',
        'q1,,,C,A,5,,',
        'q1,,,,A,5,,',
        ',,text,,A,5,,',
        'q1,,text,,A,3,5,1',
        'q1,,Answer 0 to q1,,A,5,,',
      ].join('\n'),
    );
    const { code, stderr } = await importRatings('@bad.csv');
    expect(code).toBe(2);
    for (const line of [
      'HERE/bad.csv:2: rating: expected a number from 1 to 10, found "11"; say --scale MIN-MAX',
      'HERE/bad.csv:3: item: the store has no item "q99"',
      'HERE/bad.csv:4: model: the store has no answer of C to this question (it has: A, B)',
      'HERE/bad.csv:5: response: expected the answer’s text under `response`',
      'HERE/bad.csv:6: question: expected the question’s text under `question`',
      'HERE/bad.csv:7: scale_min: expected the ends of the scale as two numbers',
    ])
      expect(stderr).toContain(line);
    expect(stderr.match(/bad\.csv:/g)).toHaveLength(6);
    expect(stored()).toEqual([]);
  });

  it('links by text, however the line ends and spaces came out, and keeps other answers', async () => {
    here.write(
      'some.csv',
      [
        'question,response,rater,rating,culture',
        'Question 0?,"The same text.\r\n",A,7,',
        'Question 1? ,Answer 0 to q1,A,6,',
        'Question 1?,Answer 0 to q1,B,,',
        'Another question?,Another answer,A,4,Japanese',
      ].join('\n'),
    );
    const { code, stderr } = await importRatings('@some.csv');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('3 ratings of 3 answers by 1 rater (some.csv): 3 new'),
    ]);
    expect(stderr).toContain('1 row without a rating left out');
    expect(stderr).toContain('Of answers in this store: 2 ratings.');
    expect(stderr).toContain('Of answers that no model of this store gave: 1 rating.');
    const archive = openRunArchive(here.path('store.sqlite'));
    const keys = [...archive.humanRatings.answerKeys(runId).values()];
    archive.close();
    // Two models gave the text of q0; q1 has two answers, of which one is rated.
    expect(new Set(keys).size).toBe(3);
    expect(keys).toHaveLength(4);
  });

  it('changes nothing when the file comes again, and takes a rating that was mended', async () => {
    const before = stored();
    const again = await importRatings('@some.csv');
    expect(again.stderr).toContain('0 new, 0 changed, 3 known already');
    expect(stored()).toEqual(before);
    here.write('some.csv', here.read('some.csv').replace('q1,A,6', 'q1,A,9'));
    const mended = await importRatings('@some.csv');
    expect(mended.stderr).toContain('0 new, 1 changed, 2 known already');
    expect(stored()).toContain('Answer 0 to q1 | A | 9.0');
  });
});

it('import ratings prints its counts as JSON when asked', async () => {
  const { stdout } = await importRatings('@some.csv', '--json');
  const counts = { version: 1, source: 'some.csv', added: 0, changed: 0, unchanged: 3 };
  expect(JSON.parse(stdout)).toMatchObject({ ...counts, answers: 3, blank: 1, linked: 2 });
});

describe('what import ratings reads', () => {
  it('finds answers by item and model, and maps another scale onto 1 to 10', async () => {
    here.write(
      'models.jsonl',
      [
        { item: 'q2', model: 'A', rating: 3 },
        { item: 'q2', model: 'B', variant: 'Aligned', rating: '5' },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    const { code } = await importRatings('@models.jsonl', '--rater', 'Amal', '--scale', '1-5');
    expect(code).toBe(0);
    // 1 + 9 (3 - 1) / (5 - 1) = 5.5.
    expect(stored()).toContain('Answer 0 to q2 | Amal | 5.5');
    expect(stored()).toContain('Answer 1 to q2 | Amal | 10.0');
  });

  it('takes CARE’s released ratings in both generations of columns, from JSON and Parquet', async () => {
    const older = {
      source: 'made up',
      question: 'Question 3?',
      response: 'Answer 0 to q3',
      culture_type: 'Opinion',
      associated_culture: 'Native (Chinese)',
      rating: '8',
    };
    here.write('older.json', JSON.stringify([older]));
    expect((await importRatings('@older.json')).code).toBe(0);
    const newer = {
      question: 'Question 4?',
      answer: 'The human reference.',
      response: 'Answer 1 to q4',
      human_rating: 3,
      source: 'made up',
      cul_type: 'Opinion',
      associated_culture: 'Native (Arab)',
      'translated_question (optional)': '',
    };
    const columns = Object.keys(newer).map((name) => ({
      name,
      type: name === 'human_rating' ? ('integer' as const) : ('text' as const),
    }));
    await writeRows(here.path('newer.parquet'), columns, [newer], { bom: false });
    const { code, stderr } = await importRatings('@newer.parquet');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('Of answers in this store: 1 rating.'),
    ]);
    expect(stored()).toContain('Answer 0 to q3 | older.json | 8.0');
    expect(stored()).toContain('Answer 1 to q4 | newer.parquet | 3.0');
  });
});

describe('what import also reads', () => {
  it('takes sheets as a spreadsheet saves them: separators, headings, commas and any digits', async () => {
    const lines = [
      'Item; Model;Rater;Rating ',
      'q3;A;Layla;٧',
      'q4;A;Layla;7,5',
      ';;;',
      'q5;A;Layla;８',
    ];
    here.write('sheet.csv', `\uFEFF${lines.join('\r\n')}\r\n`);
    const { code, stderr } = await importRatings('@sheet.csv');
    expect(stderr).toMatch(/^3 ratings of 3 answers by 1 rater/);
    expect(code).toBe(0);
    expect(stored().filter((line) => line.includes('Layla'))).toEqual([
      'Answer 0 to q3 | Layla | 7.0',
      'Answer 0 to q4 | Layla | 7.5',
      'Answer 0 to q5 | Layla | 8.0',
    ]);
  });

  it('still takes answers, and says what is missing there', async () => {
    const { code, stderr } = await here.cli(['import', '@a.yaml', '@b.csv']);
    expect([code, stderr]).toEqual([
      2,
      'care-judge: --model: say which model of the config made the answers\n',
    ]);
  });
});

describe('agreement', () => {
  it('refuses a store without anything to compare, and says what to do', async () => {
    await storeRun(here.path('bare.sqlite'), { ...RUN, name: 'bare' }, () => rated(5));
    const { code, stderr } = await here.cli(['agreement', '--db', '@bare.sqlite']);
    expect(code).toBe(2);
    expect(stderr).toContain('holds no human ratings');
    expect(stderr).toContain('care-judge import ratings FILE');
  });

  it('writes tables, charts and JSON, the same for the same seed', async () => {
    const rows = items.flatMap(({ id }, number) => [
      { item: id, model: 'A', rater: 'A', rating: 1 + (number % 10) },
      { item: id, model: 'A', rater: 'B', rating: 1 + ((number + 1) % 10) },
      { item: id, model: 'B', rater: 'A', rating: 1 + ((number + 2) % 10) },
    ]);
    here.write('all.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect((await importRatings('@all.jsonl')).code).toBe(0);
    const flags = ['--db', '@store.sqlite', '--resamples', '200'];
    const shown = await here.cli(['agreement', ...flags, '--out', '@out']);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('J with people')]);
    expect(here.files()).toEqual(
      expect.arrayContaining([
        'out/agreement.json',
        'out/agreement.md',
        'out/charts/calibration.svg',
        'out/charts/judge-and-people.png',
        'out/tables/agreement-1.csv',
        'out/tables/agreement-by-culture.tex',
        'out/tables/agreement-slices.md',
      ]),
    );
    const { stdout } = await here.cli(['agreement', ...flags, '--json']);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(here.read('out/agreement.json')));
    const { agreements, human } = agreementReportSchema.parse(JSON.parse(stdout));
    expect(agreements.map(({ kind }) => kind)).toEqual(['judge-human', 'human-human']);
    expect(human).toMatchObject({ outside: 1, rescaled: 2 });
  });

  it('stands in the report beside the judge’s own figures, which stay as they are', async () => {
    await here.cli(['report', '--db', '@store.sqlite', '--out', '@report']);
    expect(here.files()).toEqual(
      expect.arrayContaining([
        'report/charts/judge-and-people.svg',
        'report/tables/agreement-1.md',
        'report/tables/human-scale.csv',
      ]),
    );
    const page = here.read('report/report.html');
    expect(page.includes('Is the judge right?')).toBe(true);
    // Each model has 12 rated questions: too few alone, 24 together make a curve that nothing can check.
    expect(page.includes('UNCHECKED')).toBe(true);
    const summary = JSON.parse(here.read('report/summary.json'));
    expect(summary.humanScale[0]).toMatchObject({ transfer: { labels: 24, status: 'unchecked' } });
    expect(summary.humanScale[0].rows[0]).toMatchObject({
      model: 'A',
      basis: 'carried',
      labels: 12,
    });
  });
});

it('brings a store of version 1 up to date and keeps its runs', async () => {
  const database = new Database(here.path('old.sqlite'));
  database.pragma('application_id = 1128354373');
  database.exec(
    'CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  database.exec(initial);
  database.exec("INSERT INTO migrations VALUES (1, 'initial', 0)");
  database.exec("INSERT INTO runs VALUES ('old-run', 'old', 'key', 1, '{}')");
  database.close();
  here.write('outside.csv', 'question,response,rater,rating\nQ?,text,A,4\nQ?,text,B,6\n');
  const { code } = await here.cli(['import', 'ratings', '@outside.csv', '--db', '@old.sqlite']);
  expect(code).toBe(0);
  const { stdout } = await here.cli(['agreement', 'old-run', '--db', '@old.sqlite', '--json']);
  const { agreements } = agreementReportSchema.parse(JSON.parse(stdout));
  expect(agreements.map(({ kind }) => kind)).toEqual(['human-human']);
});
