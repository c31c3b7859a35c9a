import { join } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import type { AuditOutcome, AuditRequest } from '../../analyses/audit/audit.ts';
import type { AuditCost } from '../../analyses/audit/cost.ts';
import type { Audit } from '../../analyses/audit/schema.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { withStopSignals } from '../stop-signals.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Answers are drawn from a stored run, evenly over its cultures, and judged again under one change at a
time; self-preference and length are read from the stored ratings. The cost is shown before any call.

Examples:
  care-judge audit GPT-4o --config my.yaml               count the calls, make none
  care-judge audit GPT-4o --config my.yaml --yes         measure on the newest run
  care-judge audit GPT-4o qwen-3f2a91c0 --config my.yaml --sample 120 --yes --out audit

With \`audit: { helper: { endpoint: gpu, model: NAME } }\` in the config answers are translated and
references paraphrased; with \`family\` on judge and models its preference for its own is measured.`;

const command = (program: Command) =>
  program
    .command('audit')
    .description('measure known biases of a judge on stored answers')
    .argument('<judge>', 'name of a judge of the config')
    .argument('[run]', 'a run’s id or its beginning; default: the newest')
    .requiredOption('--config <file>', 'config with the judge, its endpoint and the rubrics')
    .option('--sample <n>', 'maximum number of answers to judge again', wholeNumber(10), 60)
    .option('--seed <n>', 'seed of the draw', wholeNumber(0), 0)
    .option('--dry-run', 'show the cost without calling anything')
    .option('--yes', 'make the calls')
    .option('--out <folder>', 'also write audit.md and audit.json')
    .option('--json', 'print the audit as JSON on stdout')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .addHelpText('after', EXAMPLES);
type AuditFlags = FlagsOf<typeof command>;

export const defineAudit: DefineCommand = (program, context) => {
  command(program).action(async (judge, run, flags) => {
    context.end(await auditCommand({ judge, run: run ?? '' }, flags, context.terminal));
  });
};

/** `care-judge audit`. */
async function auditCommand(
  names: Pick<AuditRequest, 'judge' | 'run'>,
  flags: AuditFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { writeTextFile } = await import('../../adapters/files/write-atomically.ts');
  const { auditJudge } = await import('../../analyses/audit/audit.ts');
  const { presentAudit } = await import('../../analyses/audit/present.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const { renderDocumentText } = await import('../../render/text/document.ts');
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
    printLine(stderr, 'Stopped. Completed calls are saved; run the same command again to resume.');
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
  const { auditJudge } = await import('../../analyses/audit/audit.ts');
  const { createProgress } = await import('../progress/progress.ts');
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
