import { expect, test } from 'vitest';
import { BATCH_FAULTS } from '../../src/adapters/simulator/batch/faults/index.ts';
import { DIALECTS } from './batch-rehearsal.ts';
import { BATCH_CASES } from './cases.ts';
import { runBatchCase } from './run-case.ts';

test('every fault of files and batches is rehearsed', () => {
  expect(new Set(BATCH_CASES.map(({ fault }) => fault))).toEqual(
    new Set(Object.keys(BATCH_FAULTS)),
  );
});

/** Each in one dialect; `npm run faults` takes them all. */
const cases = BATCH_CASES.map((one, index) => {
  const dialect = DIALECTS[index % DIALECTS.length] ?? 'openai';
  return [one.fault, one.times, dialect, one] as const;
});

test.each(cases)(
  '%s, %s, in the dialect %s: nothing is lost, doubled or invented',
  async (_fault, _times, dialect, one) => {
    const report = await runBatchCase(one, dialect);
    expect(report).toMatchObject({
      ...{ lost: 0, doubled: 0, invented: 0, files: 0 },
      ...{ rated: one.rated, invocations: one.invocations, calls: one.calls },
    });
    expect(report.injected).toBeGreaterThan(0);
    if (one.notice === null) expect(report.notices).toEqual([]);
    else expect(report.notices.join('\n')).toMatch(one.notice);
  },
);
