import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Ends a test run with a line such as `123 passed, 0 failed`, for scripts that read it. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: ReturnType<TestCase['result']>['state']) =>
      tests.filter((test) => test.result().state === state).length;
    // A file that does not load and an error outside a test have no test to fail.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const skipped = count('skipped');
    if (skipped > 0) process.stdout.write(`\n${skipped} skipped, each with its reason above\n`);
    process.stdout.write(`\n${count('passed')} passed, ${count('failed') + broken} failed\n`);
  }
}
