import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeCardSchema } from '../../src/analyses/judge-card/schema.ts';
import { rated, storeRun } from '../support/stored-run.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
let runId: string;
beforeAll(async () => {
  here = makeWorkplace();
  const item = (number: number) => ({
    ...{ id: `q${number}`, question: `Question ${number}?`, reference: 'Answer.', language: 'en' },
    ...{ culture: 'Arab', category: 'Opinion', scope: null, association: null, cluster: null },
  });
  const shape = {
    ...{ name: 'bare', models: [{ name: 'A' }], styles: ['zero-shot'], judges: ['J', '<b>K|'] },
    items: [1, 2, 3].map(item),
    answer: () => ({ status: 'completed' as const, text: 'An answer.', reasoning: null }),
  };
  runId = await storeRun(here.path('store.sqlite'), shape, () => rated(5));
});
afterAll(() => here.remove());

const card = (...argv: string[]) => here.cli(['card', ...argv, '--db', '@store.sqlite']);

it('claims nothing for a judge of which nothing was measured, and names what would', async () => {
  const { code, stdout } = await card('--judge', 'J');
  expect(code).toBe(0);
  expect(stdout).toContain('Nothing shows what the ratings of J may be used for.');
  expect(stdout).toContain('Judgments: 3 of 3 gave a rating');
  expect(stdout).toContain(`drift: care-judge anchors ${runId} --out anchors.jsonl`);
  expect(stdout).not.toContain('<b>K|');
});

it('writes all judges as Markdown and JSON, the same as it prints', async () => {
  const { code, stdout } = await card(runId.slice(0, 6), '--out', '@out', '--json');
  expect(code).toBe(0);
  const printed = JSON.parse(stdout);
  expect(JSON.parse(here.read('out/judge-card.json'))).toEqual(printed);
  const cards = z.array(judgeCardSchema).parse(printed.cards);
  expect(cards.map(({ judge }) => judge.name)).toEqual(['J', '<b>K|']);
  const markdown = here.read('out/judge-card.md');
  expect(markdown).toContain(`# Judge card: &lt;b>K\\|, in ${runId}`);
  expect(markdown).toContain('| Single answers | not known | nobody has rated its answers |');
});

it('refuses a judge that the runs do not have, naming those that they have', async () => {
  const { code, stderr } = await card('--judge', 'j');
  expect([code, stderr]).toEqual([
    2,
    'care-judge: --judge: the runs have no judge "j"; did you mean J? Judges: J, <b>K|\n',
  ]);
});
