import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/support/closing-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Many tests wait for servers, browsers and processes: two files at a time fill two cores.
    maxWorkers: 2,
    reporters: ['default', new ClosingLine()],
  },
});
