import { DIALECTS } from './batch-rehearsal.ts';
import { BATCH_CASES, type BatchCase } from './cases.ts';
import { type BatchCaseReport, runBatchCase } from './run-case.ts';

/** `npm run faults`: rehearses every fault of batches in every dialect and prints what became of it. */
const HEADINGS = ['fault', 'dialect', 'injected', 'recorded as', 'calls', 'lost', 'doubled'];
const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;

function isAsExpected(one: BatchCase, report: BatchCaseReport): boolean {
  const { injected, rated, calls, lost, doubled, invented, files } = report;
  const sound = lost + doubled + invented + files === 0;
  return injected > 0 && sound && rated === one.rated && calls === one.calls;
}

let wrong = 0;
process.stdout.write(line(HEADINGS) + line(HEADINGS.map(() => '---')));
for (const one of BATCH_CASES) {
  for (const dialect of DIALECTS) {
    const report = await runBatchCase(one, dialect);
    const { injected, calls, lost, doubled } = report;
    const times = one.times === 'always' ? `${one.fault}, always` : one.fault;
    process.stdout.write(line([times, dialect, injected, one.recordedAs, calls, lost, doubled]));
    if (!isAsExpected(one, report)) wrong += 1;
  }
}
process.stdout.write(
  `\n${BATCH_CASES.length * DIALECTS.length} rehearsals, ${wrong} not as expected.\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;
