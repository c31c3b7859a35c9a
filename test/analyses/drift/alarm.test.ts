import { expect, test } from 'vitest';
import { isShifted, measureDrift } from '../../../src/analyses/drift/drift.ts';
import type { ShiftRow } from '../../../src/series/contrasts/paired-shift.ts';

const shiftOf = (value: number | null, adjusted: number | null): ShiftRow => ({
  culture: null,
  shift: { value, low: -1, high: 1, n: 90, missing: 0, method: 'given' },
  p: adjusted,
  adjusted,
  detectable: null,
});

test.each([
  // Documented: an alarm at 1 in 100, for a shift above .15.
  [0.151, 0.01, true],
  [-0.2, 0.001, true],
  [0.15, 0.001, false],
  [0.29, 0.0101, false],
  [0.29, null, false],
  [null, 0.001, false],
])('a shift of %j at p %j is an alarm: %s', (value, adjusted, alarm) => {
  expect(isShifted(shiftOf(value, adjusted))).toBe(alarm);
});

test('what other endpoints named is no sign of this judge', () => {
  const served = (role: 'model' | 'judge', label: string, servedModel: string) => ({
    ...{ role, label, servedModel, systemFingerprint: null, calls: 1 },
  });
  const input = { run: 'r', judge: { key: 'k', name: 'Judge' }, probes: [] };
  const others = [
    served('judge', 'Judge', 'gpt-1'),
    served('judge', 'Another judge', 'gpt-2'),
    // A model under test may bear the judge's name.
    served('model', 'Judge', 'gpt-3'),
  ];
  expect(measureDrift({ ...input, served: others })).toMatchObject({
    ...{ sameServed: true, served: [{ servedModel: 'gpt-1', systemFingerprint: null }] },
  });
  const changed = [...others, served('judge', 'Judge', 'gpt-9')];
  expect(measureDrift({ ...input, served: changed }).sameServed).toBe(false);
});
