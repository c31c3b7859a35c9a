import { describe, expect, test } from 'vitest';
import { completed } from '../../../src/analyses/gate/differences/worst-case.ts';
import type { DriftEvidence } from '../../../src/analyses/gate/evidence.ts';
import { rowsOfFloor } from '../../../src/analyses/gate/rules/floors.ts';
import { decide, evidenceOf, fallen, sound, whole } from './evidence.ts';

const drift = (parts: Partial<DriftEvidence>): DriftEvidence => ({
  ...{ judge: 'J', rows: [], by: 'both', servedChanged: false },
  ...{ shifted: true, accepted: false },
  ...parts,
});

describe('a judge that drifted between the sides', () => {
  test.each([
    ['passes', {}],
    ['fails', fallen],
  ])('leaves open what otherwise %s', (_, family) => {
    expect(decide({ family, evidence: { drift: [drift({})] } }).verdict).toBe('inconclusive');
  });

  test('is one of several: one is enough', () => {
    const several = [drift({ shifted: false }), drift({}), drift({ shifted: false })];
    expect(decide({ evidence: { drift: several } }).verdict).toBe('inconclusive');
  });

  test.each([
    ['accepted', { accepted: true }],
    ['steady', { shifted: false }],
  ])('changes nothing where it is %s', (_, parts) => {
    expect(decide({ evidence: { drift: [drift(parts)] } }).verdict).toBe('pass');
    expect(decide({ family: fallen, evidence: { drift: [drift(parts)] } }).verdict).toBe('fail');
  });
});

describe('coverage', () => {
  const gaps = (missing: number) => ({ candidate: { planned: 100, missing }, baseline: whole });

  test('an unknown worst case does not pass', () => {
    const family = { gaps: gaps(3), worstLower: null };
    expect(decide({ family }).coverage[0]).toMatchObject({ finding: 'worst-case-open', open: [1] });
    expect(decide({ family }).verdict).toBe('inconclusive');
  });

  test('of one pair is not that of another', () => {
    const [pair] = evidenceOf({}).pairs;
    if (!pair) throw new Error('evidence has one pair');
    const gappy = { ...sound, pair: 1, gaps: gaps(11), worstLower: -9 };
    const { coverage } = decide({
      evidence: { pairs: [pair, { ...pair, candidate: 'other' }], families: [sound, gappy] },
    });
    expect(coverage.map(({ finding }) => finding)).toEqual(['complete', 'over-limit']);
  });
});

const row = (category: string, scope: string | null, rating: number, place: number) => ({
  ...{ item: `${category} ${place}`, id: `${category} ${place}`, culture: 'Arab', cluster: null },
  ...{ category, scope, rating, planned: 1, rated: 1 },
});
/** Opinion 9, half of it worldwide; Literacy 3. */
const ROWS = Array.from({ length: 20 }, (_, place) => [
  row('Opinion', place % 2 === 0 ? 'Worldwide' : 'Nationwide', 9, place),
  row('Literacy', 'Nationwide', 3, place),
]).flat();

test.each([
  [{ culture: 'Arab' }, 6, 40],
  [{ category: 'Literacy' }, 3, 20],
  [{ category: 'Opinion' }, 9, 20],
  [{ scope: 'Worldwide' }, 9, 10],
  // 10 of Opinion at 9 and 20 of Literacy at 3.
  [{ scope: 'Nationwide' }, 5, 30],
  [{ category: 'Opinion', scope: 'Nationwide' }, 9, 10],
  [{ culture: 'Chinese' }, null, 0],
])('a floor on %j is judged over its own questions', (slice, mean, count) => {
  const ratings = rowsOfFloor(ROWS, slice).flatMap(({ rating }) => rating ?? []);
  expect(ratings).toHaveLength(count);
  const sum = ratings.reduce((all, rating) => all + rating, 0);
  expect(count === 0 ? null : sum / count).toBe(mean);
});

test.each([
  // Of four ratings three are there, of mean 8: (3 · 8 + 1) / 4 and (3 · 8 + 10) / 4.
  [{ rating: 8, planned: 4, rated: 3 }, 1, 6.25],
  [{ rating: 8, planned: 4, rated: 3 }, 10, 8.5],
  [{ rating: null, planned: 4, rated: 0 }, 1, 1],
  [{ rating: 8, planned: 4, rated: 4 }, 1, 8],
  [{ rating: 8, planned: 4, rated: 3, best: true as const }, 1, 8],
  [{ rating: 8, planned: 4, rated: 3, best: true as const }, 10, 10],
  [{ rating: 8, planned: 4, rated: 4, best: true as const }, 10, 8],
])('%j with what is missing at %d is %d', (known, value, expected) => {
  expect(completed({ ...row('Opinion', null, 8, 0), ...known }, value)).toBe(expected);
});
