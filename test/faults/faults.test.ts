import { describe, expect, test } from 'vitest';
import { INJECTORS } from '../../src/adapters/simulator/faults/faults.ts';
import { FAULT_CASES, NOT_APPLICABLE } from './cases.ts';
import { QUESTIONS } from './rehearsal.ts';
import { runCase } from './run-case.ts';

test('every fault that the simulator knows is rehearsed, or it is said why not', () => {
  const covered = [...FAULT_CASES.map(({ fault }) => fault), ...Object.keys(NOT_APPLICABLE)];
  expect([...new Set(covered)].sort()).toEqual(Object.keys(INJECTORS).sort());
});

describe.concurrent.each(['answer', 'judge'] as const)('on every call of the %s', (role) => {
  test.each(FAULT_CASES.map((one) => [one.fault, one.times, one] as const))(
    '%s, %s',
    async (_fault, _times, one) => {
      const report = await runCase(one, role);
      expect(report.injected).toBeGreaterThan(0);
      expect(report.recordedAs).toEqual([role === 'answer' ? one.answer : one.judgment]);
      expect(report.invented).toBe(0);
      expect(report.integrity).toBe('ok');
      if (one.requests !== null)
        expect(report.requests).toBe(
          one.one ? QUESTIONS - 1 + one.requests : QUESTIONS * one.requests,
        );
    },
  );
});
