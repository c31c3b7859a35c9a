import { FAULT_CASES, type FaultCase, NOT_APPLICABLE } from './cases.ts';
import { type CaseReport, type HitRole, runCase } from './run-case.ts';

/** `npm run faults`: rehearses every fault on a whole run and prints what became of it. */
const AT_ONCE = 4;
const HEADINGS = [
  'fault',
  'hits',
  'injected',
  'recovered',
  'recorded as',
  'calls made',
  'ratings invented',
];

const jobs = FAULT_CASES.flatMap((one) =>
  (['answer', 'judge'] as const).map((role) => ({ one, role })),
);
const rows: string[][] = [];
let wrong = 0;
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (!job) return;
      const report = await runCase(job.one, job.role);
      if (!isAsExpected(job.one, job.role, report)) wrong += 1;
      rows[index] = rowOf(job.one, report);
    }
  }),
);
for (const [fault, why] of Object.entries(NOT_APPLICABLE)) {
  rows.push([fault, '–', '0', '–', why, '0', '0']);
}
const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = [line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows.map(line)];
process.stdout.write(`${table.join('\n')}\n\n${summary()}\n`);
process.exitCode = wrong === 0 ? 0 : 1;

function summary(): string {
  const invented = rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
  return `${jobs.length} rehearsals, ${wrong} not as expected, ${invented} ratings invented.`;
}

function isAsExpected(one: FaultCase, role: HitRole, report: CaseReport): boolean {
  const expected = role === 'answer' ? one.answer : one.judgment;
  return (
    report.injected > 0 &&
    report.invented === 0 &&
    report.integrity === 'ok' &&
    report.recordedAs.join() === expected
  );
}

function rowOf(one: FaultCase, report: CaseReport): string[] {
  const hits = one.times === 'always' ? 'every time' : `${one.times} a call`;
  return [
    one.fault,
    `${report.role}, ${hits}`,
    String(report.injected),
    String(report.recovered),
    report.recordedAs.join(', '),
    String(report.requests),
    String(report.invented),
  ];
}
