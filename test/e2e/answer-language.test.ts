import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/adapters/simulator/server.ts';
import { initial } from '../../src/adapters/sqlite/migrations/0001-initial.ts';
import { runSummarySchema } from '../../src/analyses/summary/schema.ts';
import { jsonLines, makeWorkplace } from '../cli/workplace.ts';

const REFERENCES = {
  Chinese: ['zh', '每逢新年，家家户户都会把屋子打扫干净，然后围坐在一起吃一顿热闹的晚饭。'],
  Japanese: [
    'ja',
    '新しい年を迎える前に家の中をきれいに掃除して、夜は家族みんなでそばを食べます。',
  ],
} as const;
const QUESTIONS = 20;

function questions() {
  return Object.entries(REFERENCES).flatMap(([culture, [language, reference]]) =>
    Array.from({ length: QUESTIONS }, (_, index) => ({
      id: `${language}${index}`,
      question: `${culture} ${index}?`,
      reference: `${reference}${index}。`,
      culture,
      language,
      category: 'Opinion',
    })),
  );
}

async function prepare() {
  const here = makeWorkplace();
  const references = questions();
  const simulator = await startSimulator({
    references,
    faults: {
      seed: 3,
      rules: [
        {
          fault: 'answer-in-english',
          share: 0.3,
          times: 'always',
          match: { role: 'answer', questionIncludes: 'Japanese' },
        },
      ],
    },
  });
  onTestFinished(async () => {
    await simulator.close();
    here.remove();
  });
  here.write('items.jsonl', jsonLines(references));
  here.write(
    'c.json',
    JSON.stringify({
      version: 1,
      name: 'tongues',
      items: [{ file: 'items.jsonl' }],
      endpoints: { only: { kind: 'vllm', baseUrl: `${simulator.url}/v1` } },
      models: [{ name: 'Model', endpoint: 'only', model: 'simulated-100' }],
      judges: [{ name: 'Judge', endpoint: 'only', model: 'simulated-judge' }],
    }),
  );
  const run = await here.cli(['run', '@c.json', '--db', '@s.sqlite']);
  expect(run.code).toBe(0);
  return {
    here,
    run: run.stdout.trim(),
    english: simulator.counts.faults['answer-in-english'] ?? 0,
  };
}

test('answers in English are counted one for one, by culture, beside ratings that stay', async () => {
  const { here, english } = await prepare();
  expect(english).toBeGreaterThan(2);
  await here.cli(['report', '--db', '@s.sqlite', '--out', '@out']);
  const summary = runSummarySchema.parse(JSON.parse(here.read('out/summary.json')));
  expect(summary.answerLanguages).toMatchObject([
    { model: 'Model', culture: 'Chinese', answers: QUESTIONS, other: 0, detected: [] },
    {
      model: 'Model',
      culture: 'Japanese',
      answers: QUESTIONS,
      other: english,
      asAsked: QUESTIONS - english,
      detected: [{ language: 'en', answers: english }],
      share: { value: english / QUESTIONS, n: QUESTIONS, missing: 0 },
    },
  ]);
  // Every answer has its rating, whatever its language.
  expect(summary.rated).toBe(2 * QUESTIONS);
  expect(here.read('out/tables/answer-language.md')).toContain('## Language of the answers');
  expect(here.read('out/report.html')).toContain('<section id="answer-language"');
  await here.cli(['export', '@ratings.jsonl', '--db', '@s.sqlite']);
  const exported = here
    .read('ratings.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const others = exported.filter((row) => row.answer_language === 'other');
  expect(others).toHaveLength(english);
  expect(others.every((row) => row.detected_language === 'en' && row.rating !== null)).toBe(true);
});

test('a store of the first version opens, says what nobody has looked at, and is looked at offline', async () => {
  const { here, english } = await prepare();
  downgrade(here.path('s.sqlite'));
  await here.cli(['report', '--db', '@s.sqlite', '--out', '@before']);
  const before = runSummarySchema.parse(JSON.parse(here.read('before/summary.json')));
  expect(before.answerLanguages?.map(({ unchecked, share }) => [unchecked, share.value])).toEqual([
    [QUESTIONS, null],
    [QUESTIONS, null],
  ]);
  const reparse = ['rejudge', '--reparse', '--db', '@s.sqlite'];
  expect((await here.cli(reparse)).stderr).toContain(
    `The language of ${2 * QUESTIONS} answers was looked at.`,
  );
  expect((await here.cli(reparse)).stderr).not.toContain('was looked at');
  await here.cli(['report', '--db', '@s.sqlite', '--out', '@after']);
  const after = runSummarySchema.parse(JSON.parse(here.read('after/summary.json')));
  expect(after.answerLanguages?.map(({ other }) => other)).toEqual([0, english]);
  expect(after.estimates).toEqual(before.estimates);
});

/** Copies a store's rows into the schema of version 1, as that program would have left them. */
function downgrade(file: string): void {
  const old = new Database(`${file}.old`);
  old.exec(initial);
  old.exec(
    "CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT; INSERT INTO migrations VALUES (1, 'initial', 0)",
  );
  old.pragma('application_id = 1128354373');
  old.pragma('foreign_keys = OFF');
  old.exec(`ATTACH '${file}' AS new`);
  const tables = old
    .prepare<[], { name: string }>(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name != 'migrations'",
    )
    .all();
  for (const { name } of tables) {
    const columns = old
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
      .all(name)
      .map((column) => column.name)
      .join(', ');
    old.exec(`INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM new.${name}`);
  }
  old.exec('DETACH new');
  old.close();
  writeFileSync(file, readFileSync(`${file}.old`));
}
