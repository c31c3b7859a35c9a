import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnswerSource, answerSourceSchema } from '../../src/domain/answer-source.ts';
import type { InputProblem } from '../../src/domain/errors.ts';
import type { Item } from '../../src/domain/item.ts';
import { readAnswers } from '../../src/prepare/recorded-answers.ts';
import { zipOf } from './zip.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answers-'));
});
afterAll(() => rm(folder, { recursive: true }));

const item: Item = {
  ...{ id: 'q1', question: 'Was isst man in Köln?', reference: 'Halven Hahn', culture: 'German' },
  ...{ language: 'de', category: 'Literacy', scope: null, association: null, cluster: null },
};

async function read(name: string, content: string | Buffer, source: Partial<AnswerSource> = {}) {
  const file = join(folder, name);
  await writeFile(file, content);
  const problems: InputProblem[] = [];
  const found = await readAnswers({ file, ...source }, problems);
  return { found: found.answers(item), problems: problems.map(({ message }) => message), ...found };
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

describe('recorded answers', () => {
  it.each([
    ['NFD', item.question.normalize('NFD')],
    ['outer white space', ` ${item.question}\r\n`],
  ])('match by question whatever its form: %s', async (_name, question) => {
    const { found } = await read('a.jsonl', line({ question, response: 'x' }));
    expect(found).toEqual(['x']);
  });

  it('of a row with id and question are found by either', async () => {
    const { found } = await read(
      'a.csv',
      `ID;Question;Response\r\nar/q1;${item.question};"x;y"\r\n;;\r\n`,
    );
    expect(found).toEqual(['x;y']);
  });

  it('keep the fingerprint that they had', async () => {
    const content = `${line({ item: 'q1', question: 'Q', response: 'x' })}${line({ question: 'Q', response: 'y' })}`;
    // Python: sha256 of '{"item":"q1","question":null,"response":"x"}\n{"item":null,"question":"Q","response":"y"}\n'.
    expect((await read('f.jsonl', content)).fingerprint).toBe(
      'c531e564f164e0a840ca7d7e85e904be8b57b28bbc18c63c8346a6072396aff2',
    );
  });

  it('may have any columns, nested or in lists, by `fields`', async () => {
    const { found, problems } = await read(
      'm.jsonl',
      line({ meta: { q: item.question }, out: [{ text: 'x' }] }),
      { fields: { question: 'meta.q', response: 'out.0.text' } },
    );
    expect({ found, problems }).toEqual({ found: ['x'], problems: [] });
  });

  it('without a known column are refused in one message that lists the columns', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => ({ instruction: `Q${n}`, output: 'x' }));
    const { problems } = await read('c.json', JSON.stringify(rows));
    expect(problems).toEqual([
      'expected the answer as text under `response`; did you mean `output`? the record has the columns `instruction`, `output`; map columns with `responses: { file: …, fields: { response: COLUMN, question: COLUMN } }`, or `format: alpaca-eval`, which it looks like',
    ]);
  });

  it('are named by a path alone or by a mapping', () => {
    expect(answerSourceSchema.parse('a.jsonl')).toEqual({ file: 'a.jsonl' });
    expect(answerSourceSchema.safeParse({ file: 'a', format: 'helm' }).success).toBe(false);
  });
});

const sample = (id: string, epoch: number, text: string) => ({
  id,
  epoch,
  input: [
    { role: 'system', content: 'Answer.' },
    { role: 'user', content: item.question },
  ],
  target: 'Halven Hahn',
  output: { model: 'm', choices: [{ message: { role: 'assistant', content: text } }] },
});
const failed = { id: 'q2', epoch: 1, input: 'Q', output: { choices: [] }, error: { message: 'x' } };

describe('files of other harnesses', () => {
  it('alpaca-eval', async () => {
    const row = { dataset: 'own', instruction: item.question, output: 'x', generator: 'm' };
    expect(await read('a.json', JSON.stringify([row]), { format: 'alpaca-eval' })).toMatchObject({
      found: ['x'],
      problems: [],
    });
  });

  it('of several models have to be narrowed', async () => {
    const rows = ['m', 'n', 'n'].map((generator, n) => ({
      ...{ instruction: item.question, output: `x${n}`, generator },
    }));
    const content = JSON.stringify(rows);
    const { problems } = await read('a.json', content, { format: 'alpaca-eval' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^holds answers by several models .*`where: { generator: VALUE }`/);
    const narrowed = await read('a.json', content, {
      format: 'alpaca-eval',
      where: { generator: 'm' },
    });
    expect(narrowed).toMatchObject({ found: ['x0'], problems: [] });
  });

  it('mt-bench: the first turn of every choice', async () => {
    const choices = [
      { index: 0, turns: ['x', 'second turn'] },
      { index: 1, turns: ['y', 'second turn'] },
    ];
    const row = { question_id: 'q1', answer_id: 'a', model_id: 'm', choices, tstamp: 1 };
    expect(await read('m.jsonl', line(row), { format: 'mt-bench' })).toMatchObject({
      found: ['x', 'y'],
      problems: [],
    });
  });

  it('lm-eval: generated answers, once for all filters', async () => {
    const row = {
      doc_id: 0,
      doc: { question: item.question },
      target: 'r',
      resps: [['x', 'y']],
      filtered_resps: ['X'],
    };
    const rows = ['strict', 'flexible'].map((filter) => line({ ...row, filter })).join('');
    expect(await read('s.jsonl', rows, { format: 'lm-eval' })).toMatchObject({
      found: ['x', 'y'],
      problems: [],
      rows: 2,
    });
    const likelihoods = line({ ...row, resps: [[[-1.5, false]]] });
    const { problems } = await read('l.jsonl', likelihoods, { format: 'lm-eval' });
    expect(problems[0]).toMatch(/^expected the answer as text where lm-eval writes it/);
  });
});

describe('results with calls that failed', () => {
  it('inspect, as JSON: samples by id, failed ones without an answer', async () => {
    const parts = [
      { type: 'reasoning', reasoning: 'hm' },
      { type: 'text', text: 'x' },
    ];
    const thinking = sample('q1', 1, '');
    const choices = [{ message: { role: 'assistant', content: parts } }];
    const log = { version: 2, samples: [{ ...thinking, output: { choices } }, failed] };
    const { rows, ...read_ } = await read('l.json', JSON.stringify(log), { format: 'inspect' });
    expect(read_).toMatchObject({ found: ['x'], problems: [] });
    expect(rows).toBe(1);
  });

  it.each(['stored', 'deflate', 'zstd'] as const)(
    'inspect, as .eval with %s: epochs in their order',
    async (method) => {
      const names = [10, 2, 1].map((epoch) => ({
        name: `samples/q1_epoch_${epoch}.json`,
        text: JSON.stringify(sample('q1', epoch, `x${epoch}`)),
      }));
      const zip = zipOf([{ name: 'header.json', text: '{}' }, ...names], method);
      expect(await read('l.eval', zip, { format: 'inspect' })).toMatchObject({
        found: ['x1', 'x2', 'x10'],
        problems: [],
      });
    },
  );

  it('that are no ZIP file under .eval are refused', async () => {
    const { problems } = await read('b.eval', 'not a zip', { format: 'inspect' });
    expect(problems).toEqual([expect.stringMatching(/^not a readable inspect log \(\.eval\): /)]);
  });

  it('promptfoo: answers of one provider by variables', async () => {
    const result = (id: string, response: unknown) => ({
      ...{ provider: { id }, prompt: { raw: 'p' }, vars: { question: item.question }, response },
    });
    const results = [result('openai:m', { output: 'x' }), result('openai:n', { output: 'y' })];
    const content = JSON.stringify({ evalId: 'e', results: { version: 3, results } });
    const where = { 'provider.id': 'openai:n' };
    expect(await read('p.json', content, { format: 'promptfoo', where })).toMatchObject({
      found: ['y'],
      problems: [],
    });
    expect((await read('p.json', content, { format: 'promptfoo' })).problems[0]).toMatch(
      /`where: { provider\.id: VALUE }`/,
    );
  });
});
