import { join } from 'node:path';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { type AuditOutcome, type AuditRequest, auditJudge } from '../analyses/audit/audit.ts';
import type { AuditCost } from '../analyses/audit/cost.ts';
import { presentAudit } from '../analyses/audit/present.ts';
import type { Audit } from '../analyses/audit/schema.ts';
import { renderDocumentMarkdown } from '../render/markdown-document.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { createProgress } from './progress/progress.ts';
import { withStopSignals } from './stop-signals.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface AuditFlags {
  readonly config: string;
  readonly sample: number;
  readonly seed: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly db: string;
}

/** `care-judge audit`. */
export async function auditCommand(
  names: Pick<AuditRequest, 'judge' | 'run'>,
  flags: AuditFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { stderr, stdout } = terminal;
  const { config, db, sample, seed } = flags;
  const base = { ...names, config, db, sample, seed, environment: terminal.environment };
  const first = await auditJudge({ ...base, confirmed: false });
  for (const line of costLines(first.cost)) printLine(stderr, line);
  if (flags.dryRun) return EXIT.ok;
  const confirmed = flags.yes ?? false;
  const outcome = first.audit || !confirmed ? first : await makeCalls(base, terminal);
  const { audit } = outcome;
  if (audit === null) {
    printLine(stderr, 'Nothing was called. Add --yes to make these calls.');
    return EXIT.usage;
  }
  if (outcome.stopped) {
    printLine(stderr, 'Stopped. What was called is kept; run the same command again to go on.');
    return EXIT.interrupted;
  }
  if (flags.json) printJson(stdout, audit);
  else printLine(stdout, renderDocumentText(presentAudit(audit), stdout.columns ?? 100));
  if (flags.out !== undefined) {
    const json = `${JSON.stringify(audit, null, 2)}\n`;
    await writeTextFile(join(flags.out, 'audit.md'), renderDocumentMarkdown(presentAudit(audit)));
    await writeTextFile(join(flags.out, 'audit.json'), json);
    printLine(stderr, `Written: ${join(flags.out, 'audit.md')}, ${join(flags.out, 'audit.json')}`);
  }
  return auditExitCode(audit);
}

/** 3 where a figure lacks ratings, as after a run. */
export function auditExitCode({ findings }: Audit): ExitCode {
  const lacking = findings.some(
    (finding) =>
      finding.state === 'measured' && finding.rows.some(({ shift }) => shift.missing > 0),
  );
  return lacking ? EXIT.missing : EXIT.ok;
}

async function makeCalls(
  base: Omit<AuditRequest, 'confirmed'>,
  terminal: Terminal,
): Promise<AuditOutcome> {
  const progress = await createProgress(terminal.stderr);
  return await withStopSignals(terminal, progress, async ({ stop, abort }) => {
    try {
      const { listen: listener } = progress;
      return await auditJudge({ ...base, confirmed: true, listener, stop, abort });
    } finally {
      progress.end();
    }
  });
}

function costLines({ rows, calls, promptTokens, promptUsd }: AuditCost): string[] {
  const count = (value: number) => value.toLocaleString('en-US');
  if (calls === 0) return ['No calls: the store has all that is needed.'];
  const money = promptUsd === null ? 'no price set' : `$${promptUsd.toFixed(2)} for the prompts`;
  return [
    'Calls that the store lacks:',
    ...rows.map(({ part, planned, left }) => `  ${part}: ${count(left)} of ${count(planned)}`),
    `  in all: ${count(calls)} calls, about ${count(promptTokens)} prompt tokens, ${money}`,
  ];
}
