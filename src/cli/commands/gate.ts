import { join } from 'node:path';
import { type Command, Option } from '@commander-js/extra-typings';
import type { GateResult } from '../../analyses/gate/read.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printCommand, printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
CANDIDATE is [RUN][:[MODEL[/VARIANT]][@STYLE][%JUDGE]], as for compare. The baseline is written the
same way, or it is a file: per-item scores (.jsonl, from \`export --per-item\`) or, weaker, a summary.json.

Examples:
  care-judge gate checkpoint-2 --baseline checkpoint-1
  care-judge gate :Qwen2.5-7B/Aligned --baseline :Qwen2.5-7B/Vanilla --policy configs/gate.yaml
  care-judge gate :Qwen2.5-7B --baseline baseline.jsonl --junit gate.xml
  care-judge gate checkpoint-2 --baseline main-2f --baseline-db main.sqlite --out reports/gate

Exit codes: 0 pass, 1 fail, 2 wrong usage or input, 4 inconclusive (the policy may make that 1 or 0).`;

const command = (program: Command) =>
  program
    .command('gate')
    .description(
      'decide whether a candidate lost against a baseline: pass, fail, or not enough data',
    )
    .argument('<candidate>', 'the candidate to evaluate')
    .requiredOption(
      '--baseline <side>',
      'the baseline to compare with: a selector, .jsonl or summary.json',
    )
    .option('--policy <file>', 'YAML or JSON policy (default: built in)')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--baseline-db <file>', 'the baseline’s store, if different')
    .option('--allow-mixed-judges', 'decide even if judges or rubrics differ')
    .addOption(new Option('--bridge', 'the former name of --allow-mixed-judges').hideHelp())
    .option('--json', 'print the verdict as JSON on stdout')
    .option('--junit <file>', 'also write it as JUnit XML')
    .option('--out <dir>', 'also write gate.json, gate.md and gate.junit.xml there')
    .addHelpText('after', EXAMPLES);
type GateFlags = FlagsOf<typeof command>;

export const defineGate: DefineCommand = (program, context) => {
  command(program).action(async (candidate, flags) => {
    context.end(await gateCommand(candidate, flags, context.terminal));
  });
};

/** `care-judge gate`. */
async function gateCommand(
  candidate: string,
  flags: GateFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { presentGate } = await import('../../analyses/gate/present.ts');
  const { runGate } = await import('../../analyses/gate/read.ts');
  const { renderDocumentText } = await import('../../render/text/document.ts');
  const { stdout, stderr, environment } = terminal;
  const result = await runGate({
    ...flags,
    candidate,
    bridge: flags.allowMixedJudges ?? flags.bridge ?? false,
    environment,
  });
  const { verdict, policy } = result;
  if (flags.json) printJson(stdout, { ...verdict, policy });
  else printLine(stdout, renderDocumentText(presentGate(verdict, policy), stdout.columns ?? 100));
  const written = await writeFiles(result, flags);
  if (written.length > 0) printLine(stderr, `Written: ${written.join(', ')}`);
  await tellGitHub(result, terminal, flags.json ?? false);
  return exitCodeOf(result);
}

async function writeFiles(
  { verdict, policy }: GateResult,
  { junit, out }: GateFlags,
): Promise<string[]> {
  const { writeTextFile } = await import('../../adapters/files/write-atomically.ts');
  const { renderJunit } = await import('../../analyses/gate/present/junit.ts');
  const { presentGate } = await import('../../analyses/gate/present.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const files = [
    ...(junit === undefined ? [] : [{ file: junit, text: renderJunit(verdict, policy) }]),
    ...(out === undefined
      ? []
      : [
          { file: join(out, 'gate.json'), text: jsonText({ ...verdict, policy }) },
          {
            file: join(out, 'gate.md'),
            text: renderDocumentMarkdown(presentGate(verdict, policy), 2),
          },
          { file: join(out, 'gate.junit.xml'), text: renderJunit(verdict, policy) },
        ]),
  ];
  for (const { file, text } of files) await writeTextFile(file, text);
  return files.map(({ file }) => file);
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The runner reads commands from both streams; stdout stays clean where it carries JSON. */
async function tellGitHub(
  { verdict, policy }: GateResult,
  { stdout, stderr, environment }: Terminal,
  json: boolean,
): Promise<void> {
  const { appendText } = await import('../../adapters/files/append-text.ts');
  const { gateAnnotations } = await import('../../analyses/gate/present/github-annotations.ts');
  const { presentGate } = await import('../../analyses/gate/present.ts');
  const { renderDocumentMarkdown } = await import('../../render/markdown-document.ts');
  const summary = environment['GITHUB_STEP_SUMMARY'];
  if (summary) appendText(summary, `${renderDocumentMarkdown(presentGate(verdict, policy), 2)}\n`);
  if (environment['GITHUB_ACTIONS'] !== 'true') return;
  for (const line of gateAnnotations(verdict, policy)) printCommand(json ? stderr : stdout, line);
}

function exitCodeOf({ verdict: { verdict }, policy: { inconclusive } }: GateResult): ExitCode {
  if (verdict === 'pass') return EXIT.ok;
  if (verdict === 'fail' || inconclusive === 'fail') return EXIT.gateFailed;
  return inconclusive === 'warn' ? EXIT.ok : EXIT.inconclusive;
}
