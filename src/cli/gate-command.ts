import { join } from 'node:path';
import { appendText } from '../adapters/files/append-text.ts';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { gateAnnotations } from '../analyses/gate/present/github-annotations.ts';
import { renderJunit } from '../analyses/gate/present/junit.ts';
import { presentGate } from '../analyses/gate/present.ts';
import { type GateResult, runGate } from '../analyses/gate/read.ts';
import { renderDocumentMarkdown } from '../render/markdown-document.ts';
import { renderDocumentText } from '../render/text/document.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printCommand, printJson, printLine, type Terminal } from './terminal.ts';

export interface GateFlags {
  readonly db: string;
  readonly baseline: string;
  readonly baselineDb?: string;
  readonly policy?: string;
  readonly bridge?: boolean;
  readonly json?: boolean;
  readonly junit?: string;
  readonly out?: string;
}

/** `care-judge gate`. */
export async function gateCommand(
  candidate: string,
  flags: GateFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { stdout, stderr, environment } = terminal;
  const result = await runGate({
    ...flags,
    candidate,
    bridge: flags.bridge ?? false,
    environment,
  });
  const { verdict, policy } = result;
  if (flags.json) printJson(stdout, { ...verdict, policy });
  else printLine(stdout, renderDocumentText(presentGate(verdict, policy), stdout.columns ?? 100));
  const written = await writeFiles(result, flags);
  if (written.length > 0) printLine(stderr, `Written: ${written.join(', ')}`);
  tellGitHub(result, terminal, flags.json ?? false);
  return exitCodeOf(result);
}

async function writeFiles(
  { verdict, policy }: GateResult,
  { junit, out }: GateFlags,
): Promise<string[]> {
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
function tellGitHub(
  { verdict, policy }: GateResult,
  { stdout, stderr, environment }: Terminal,
  json: boolean,
): void {
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
