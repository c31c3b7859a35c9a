import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type StoredRecipe, writeRun } from '../analyses/gate/store.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;

const RUNS: Readonly<Record<string, Omit<StoredRecipe, 'name'>>> = {
  equal: { perCulture: 4, rating: () => 7 },
  top: { perCulture: 4, rating: () => 10 },
  single: { perCulture: 1, rating: ({ model }) => (model === 'A' ? 9 : 2) },
  unrated: { perCulture: 2, rating: () => null },
  'one-sided': { perCulture: 2, rating: ({ model }) => (model === 'A' ? 6 : null) },
  // Three of the 36 candidates of A's 12 questions have no rating.
  best: {
    ...{ perCulture: 4, trials: 3, best: true },
    rating: ({ question, trial, model }) =>
      model === 'A' && trial === 2 && question === 0 ? null : 5 + trial,
  },
  文化テスト: { perCulture: 1, rating: () => 7 },
};

beforeAll(async () => {
  here = makeWorkplace();
  for (const [name, recipe] of Object.entries(RUNS))
    await writeRun(here.path('store.sqlite'), { name, ...recipe });
});
afterAll(() => here.remove());

/** Places of numbers that no figure may be, and of minus zero, which JSON writes as 0 or -0. */
function faults(value: unknown, path = ''): string[] {
  if (typeof value === 'number') {
    const key = path.split('.').at(-1) ?? '';
    const zero = value === 0 && /^(p|adjusted|randomP)$/u.test(key);
    const negative =
      Object.is(value, -0) || (value < 0 && /^(se|sd|variance|between|df)$/u.test(key));
    return Number.isFinite(value) && !zero && !negative ? [] : [`${path} = ${value}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => faults(inner, `${path}.${key}`));
}

const COMMANDS = (run: string): string[][] => [
  ['report', run],
  ['compare', run],
  ['gate', `${run}:A`, '--baseline', `${run}:B/Tuned`],
  ['agreement', run],
];

test.each(
  Object.keys(RUNS).flatMap((run) => COMMANDS(run).map((argv) => [argv.join(' '), argv] as const)),
)('%s --json has no impossible number, or says what it lacks', async (_, argv) => {
  const { code, stdout, stderr } = await here.cli([...argv, '--db', '@store.sqlite', '--json']);
  expect(stdout).not.toMatch(/\b(NaN|Infinity|undefined)\b|[:[,]\s*-0(?=[,\]}\s])/u);
  expect(stderr).not.toMatch(/NaN|Infinity|undefined|\n {4}at /u);
  if (stdout !== '') return expect(faults(JSON.parse(stdout))).toEqual([]);
  // These stores hold one judge and nobody's ratings: only agreement has nothing to say.
  expect([argv[0], code]).toEqual(['agreement', 2]);
  return expect(stderr).toContain('nothing to agree with');
});

const gateSchema = z.looseObject({
  verdict: z.string(),
  coverage: z.array(
    z.looseObject({ finding: z.string(), missing: z.looseObject({ candidate: z.number() }) }),
  ),
});

test('a gate on the best of three counts the candidates that nobody rated', async () => {
  const { stdout } = await here.cli([
    ...['gate', 'best:A', '--baseline', 'best:B/Tuned', '--json', '--db', '@store.sqlite'],
  ]);
  const { coverage } = gateSchema.parse(JSON.parse(stdout));
  // One of 12 candidates in each culture, 3 of 36 in all; the 2 % rule asks for the worst case.
  expect(coverage[0]?.missing.candidate).toBeCloseTo(1 / 12, 12);
  expect(coverage[0]?.finding).not.toBe('complete');
});

test.each(['NFC', 'NFD'])('a run is found by its name, typed in %s', async (form) => {
  const argv = ['report', '文化テスト'.normalize(form), '--db', '@store.sqlite'];
  const { code, stdout, stderr } = await here.cli([...argv, '--json']);
  expect(stderr).toBe('');
  expect([code, z.looseObject({ rated: z.int() }).parse(JSON.parse(stdout)).rated]).toEqual([0, 6]);
});
