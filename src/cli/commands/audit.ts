import { join } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import type { AuditOutcome, AuditRequest } from '../../analyses/audit/audit.ts';
import type { AuditCost } from '../../analyses/audit/cost.ts';
import type { Audit } from '../../analyses/audit/schema.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { runSelector } from '../../series/names/resolve-run.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { withStore } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { jsonText, printFigures, writeFiles } from '../output.ts';
import { withStopSignals } from '../stop-signals.ts';
import { printLine, type Terminal } from '../terminal.ts';

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
    const names = { judge, run: runSelector(run) };
    context.end(await auditCommand(names, flags, context.terminal));
  });
};

/** `care-judge audit`. */
async function auditCommand(
  names: Pick<AuditRequest, 'judge' | 'run'>,
  flags: AuditFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { presentAudit } = await import('../../analyses/audit/present.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const { stderr } = terminal;
  const { out } = flags;
  const outcome = await withStore(flags.db, (archive) =>
    measure({ archive, names, flags, terminal }),
  );
  if (flags.dryRun) return EXIT.ok;
  const { audit } = outcome;
  if (audit === null) {
    printLine(stderr, 'Nothing was called. Add --yes to make these calls.');
    return EXIT.usage;
  }
  if (outcome.stopped) {
    printLine(stderr, 'Stopped. Completed calls are saved; run the same command again to resume.');
    return EXIT.interrupted;
  }
  const document = presentAudit(audit);
  await printFigures(terminal, flags, { value: audit, show: () => document });
  if (out !== undefined)
    await writeFiles(terminal, [
      { file: join(out, 'audit.md'), text: renderDocumentMarkdown(document) },
      { file: join(out, 'audit.json'), text: jsonText(audit) },
    ]);
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

interface Measuring {
  readonly archive: RunArchive;
  readonly names: Pick<AuditRequest, 'judge' | 'run'>;
  readonly flags: AuditFlags;
  readonly terminal: Terminal;
}

/** Shows the cost; makes the calls that the store lacks only where that was confirmed. */
async function measure({ archive, names, flags, terminal }: Measuring): Promise<AuditOutcome> {
  const { openRunStore: open } = await import('../../adapters/sqlite/write/run-store.ts');
  const { auditJudge } = await import('../../analyses/audit/audit.ts');
  const { config, sample, seed } = flags;
  const request = { ...names, config, sample, seed, environment: terminal.environment };
  const first = await auditJudge({ archive, open }, { ...request, confirmed: false });
  for (const line of costLines(first.cost)) printLine(terminal.stderr, line);
  if (first.audit || flags.dryRun || !flags.yes) return first;
  const { createProgress } = await import('../progress/progress.ts');
  const progress = await createProgress(terminal.stderr);
  return await withStopSignals(terminal, progress, async ({ stop, abort }) => {
    try {
      const { listen: listener } = progress;
      return await auditJudge(
        { archive, open },
        { ...request, confirmed: true, listener, stop, abort },
      );
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
