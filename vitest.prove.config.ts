import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

/** The Monte-Carlo proofs at full size; `npm test` runs the same ones with fewer repetitions. */
export default defineConfig({
  test: {
    include: ['test/{stats,analyses,prove}/**/*.test.ts'],
    env: { CARE_JUDGE_PROVE_REPS: process.env['CARE_JUDGE_PROVE_REPS'] ?? '2000' },
    testTimeout: 3_600_000,
    reporters: ['default', new ClosingLine()],
  },
});
