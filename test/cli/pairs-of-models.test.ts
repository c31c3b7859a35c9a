import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Item } from '../../src/domain/item.ts';
import { rated, storeRun } from '../support/stored-run.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
afterEach(() => here.remove());

const SAID =
  'p is adjusted over the pairs shown here or counted above: where more models are compared, as in a report, the same two have a larger p than in a comparison of those two alone.';

const comparisons = z.array(
  z.looseObject({
    candidate: z.string(),
    baseline: z.string(),
    rows: z.array(
      z.looseObject({ by: z.record(z.string(), z.string()), p: z.number(), adjusted: z.number() }),
    ),
  }),
);

/** The total's p of the pair of A and B. */
function pairOf(found: unknown) {
  const pair = comparisons
    .parse(found)
    .find(
      ({ candidate, baseline }) => /A/.test(candidate + baseline) && /B/.test(candidate + baseline),
    );
  const total = pair?.rows.find(({ by }) => Object.keys(by).length === 0);
  if (!total) throw new Error('no total of A and B');
  return total;
}

test('report and compare both say why they print different p for one pair', async () => {
  here = makeWorkplace();
  const items = Array.from(
    { length: 24 },
    (_, number): Item => ({
      id: `q${number}`,
      question: `Question ${number}?`,
      reference: 'Answer.',
      culture: 'Arab',
      language: 'en',
      category: 'Opinion',
      scope: null,
      association: null,
      cluster: null,
    }),
  );
  const run = await storeRun(
    here.path('s.sqlite'),
    {
      ...{ name: 'three', models: ['A', 'B', 'C'].map((name) => ({ name })), items },
      ...{ styles: ['zero-shot'], judges: ['J'] },
      answer: () => ({ status: 'completed', text: 'Yes.', reasoning: null }),
    },
    // B is a point better on a third of the questions and a point worse on one in twelve.
    ({ item, model }) => {
      const number = Number(item.id.slice(1));
      const better = number % 3 === 0 ? 1 : 0;
      return rated(
        5 + (number % 4) + (model === 1 ? better - (number % 12 === 1 ? 1 : 0) : model / 2),
      );
    },
  );
  const two = ['compare', `${run}:A`, `${run}:B`, '--db', '@s.sqlite'];
  const alone = pairOf(JSON.parse((await here.cli([...two, '--json'])).stdout).comparisons);
  expect((await here.cli(two)).stdout.replace(/\s+/g, ' ')).toContain(SAID);
  const { code } = await here.cli(['report', run, '--db', '@s.sqlite', '--out', '@out']);
  expect(code).toBe(0);
  expect(here.read('out/report.html')).toContain(SAID);
  const all = await here.cli(['compare', `${run}:@zero-shot`, '--db', '@s.sqlite', '--json']);
  const among = pairOf(JSON.parse(all.stdout).comparisons);
  expect(alone.adjusted).toBe(alone.p);
  expect(among.adjusted).toBeGreaterThan(alone.adjusted);
});
