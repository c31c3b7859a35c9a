import type { Command } from '@commander-js/extra-typings';
import { counted } from '../../domain/counted.ts';
import { InputError, renderProblem } from '../../domain/errors.ts';
import type { Jury } from '../../domain/jury.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { ItemScan } from '../../items/select.ts';
import type { PreparedRun } from '../../prepare/prepare.ts';
import type { RunTask } from '../../prepare/program.ts';
import type { Ping } from '../../run/ping.ts';
import type { DefineCommand, FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge validate configs/vllm.yaml           config, templates, every question; no calls
  care-judge validate configs/vllm.yaml --ping    also ask each endpoint for its models`;

const command = (program: Command) =>
  program
    .command('validate')
    .description('check config, templates and questions without making calls')
    .argument('<config>', 'YAML or JSON config')
    .option('--ping', 'ask each endpoint which models it serves')
    .option('--json', 'print the findings as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type ValidateFlags = FlagsOf<typeof command>;

export const defineValidate: DefineCommand = (program, context) => {
  command(program).action(async (config, flags) => {
    context.end(await validateCommand(config, flags, context.terminal));
  });
};

/** `care-judge validate`. */
async function validateCommand(
  config: string,
  flags: ValidateFlags,
  { stdout, stderr, environment }: Terminal,
): Promise<ExitCode> {
  const { prepareRun } = await import('../../prepare/prepare.ts');
  const { pingEndpoints } = await import('../../run/ping.ts');
  let prepared: PreparedRun;
  try {
    prepared = await prepareRun(config, { environment });
  } catch (error) {
    if (!(error instanceof InputError && flags.json)) throw error;
    printJson(stdout, { version: 1, valid: false, problems: error.problems });
    return EXIT.usage;
  }
  const { scan, warnings } = prepared;
  const pings = flags.ping ? await pingEndpoints(prepared.config) : [];
  const reached = pings.every(({ ok }) => ok);
  const planned = await plannedCalls(prepared);
  if (flags.json) {
    const found = { version: 1, valid: reached, problems: [], warnings, pings };
    printJson(stdout, { ...found, items: scan.selectedCount, ...planned });
  } else {
    for (const warning of warnings) printLine(stderr, `Warning: ${renderProblem(warning)}`);
    for (const line of [...describe(config, prepared, planned), ...pings.map(pingLine)])
      printLine(stdout, line);
  }
  return reached ? EXIT.ok : EXIT.usage;
}

function describe(
  config: string,
  prepared: PreparedRun,
  { answers, judgments }: PlannedCalls,
): string[] {
  const { program, scan, anchors } = prepared;
  return [
    `${config}: valid.`,
    `  ${scan.selectedCount} of ${scan.total} questions: ${tallied(scan.cultures)}`,
    `  models: ${[...new Set(program.models.map(({ spec }) => modelLabel(spec)))].join(', ')}`,
    `  prompting: ${program.definition.styles.map(({ name }) => name).join(', ')}`,
    ...(program.judges.length === 0
      ? []
      : [`  judges: ${program.judges.map(({ spec }) => spec.name).join(', ')}`]),
    ...[...program.tasks.values()].map((task) => taskLine(task, scan)),
    ...program.definition.juries.map((jury) => juryLine(jury, program.definition.judges)),
    `  ${counted(answers, 'answer')} and ${counted(judgments, 'judgment')}`,
    ...(anchors.length > 0
      ? [`  and ${anchors.length} anchors, judged once by each judge in every run`]
      : []),
  ];
}

function taskLine({ name, scoring, method, settings }: RunTask, { tasks }: ItemScan): string {
  const order = settings.options.order === 'given' ? '' : `, options ${settings.options.order}`;
  const how = method === 'generate' ? '' : ` by ${method}`;
  const count = counted(tasks.get(name) ?? 0, 'question');
  return `  task ${name}: ${count}, scored by rule (${scoring}${how}${order})`;
}

function juryLine(
  { name, judges, aggregate, excludeOwnFamily }: Jury,
  all: readonly { readonly spec: { readonly name: string } }[],
): string {
  const names = judges.flatMap((judge) => all[judge]?.spec.name ?? []);
  const without = excludeOwnFamily ? ', without those of the model’s own family' : '';
  return `  jury ${name}: ${aggregate} of ${names.join(', ')}${without}`;
}

function pingLine({ endpoint, ok, message }: Ping): string {
  return `  endpoint ${endpoint}: ${ok ? 'ok' : 'PROBLEM'}, ${message}`;
}

function tallied(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

function questionsOf(
  { selectedCount, cultures }: ItemScan,
  only: readonly string[] | null,
): number {
  if (only === null) return selectedCount;
  return only.reduce((sum, culture) => sum + (cultures.get(culture) ?? 0), 0);
}

interface PlannedCalls {
  readonly answers: number;
  readonly judgments: number;
}

/** Calls of the whole plan; recorded answers are judged but not asked for. */
async function plannedCalls(prepared: PreparedRun): Promise<PlannedCalls> {
  const { program, scan, recordedAnswers } = prepared;
  // How often a question is put depends on its options: then every one is looked at.
  if (program.tasks.size > 0) return await countCalls(prepared);
  const { responses, judgments } = program.trials;
  const live = program.models.filter(({ recorded }) => recorded === null);
  const styles = program.styles.filter((style) => style !== null).length;
  const asked = live.reduce((sum, { cultures }) => sum + questionsOf(scan, cultures), 0);
  const answers = asked * styles * responses;
  return { answers, judgments: (answers + recordedAnswers) * program.judges.length * judgments };
}

async function countCalls({ program, items }: PreparedRun): Promise<PlannedCalls> {
  const { planItem } = await import('../../run/plan.ts');
  let [answers, judgments] = [0, 0];
  for await (const item of items()) {
    for (const planned of planItem(program, item).responses) {
      answers += planned.recorded === null ? 1 : 0;
      judgments += planned.judgments.length;
    }
  }
  return { answers, judgments };
}
