import { Command, CommanderError } from '@commander-js/extra-typings';
import { programVersion } from '../adapters/system/program-version.ts';
import { OperatorError } from '../domain/errors.ts';
import { forTerminal } from '../domain/shown-text.ts';
import { commands } from './commands/index.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

// One line: commander wraps it to the terminal, and breaks of ours would come between its own.
const INTRODUCTION = [
  'Measures how well a language model knows a culture: sends test questions to models behind vLLM,',
  'Azure OpenAI or any OpenAI-compatible endpoint, has a judge model rate each answer from 1 to 10,',
  'keeps everything in SQLite and prints tables by culture, category and geographic scope.',
].join(' ');

const EPILOGUE = `
Examples:
  care-judge demo                                try it: no key, no network
  care-judge init && care-judge run care-judge.yaml
  care-judge report                              tables of the newest run

Exit codes: 0 done, 1 gate failed, 2 wrong usage or input, 3 ratings are missing,
4 gate inconclusive, 70 a bug in care-judge, 130 interrupted`;

/** Runs one command line; never throws. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = new Command('care-judge')
    .description(INTRODUCTION)
    .addHelpText('after', EPILOGUE)
    .exitOverride()
    // What stands behind a command is its own, so that `import` can hand its options on to `ratings`.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(forTerminal(text)),
      writeErr: (text) => terminal.stderr.write(forTerminal(text)),
    })
    .helpCommand(false)
    .showHelpAfterError('(add --help to see what this command takes)');
  program.version(programVersion(), '-V, --version', 'print the version');
  for (const define of commands) {
    define(program, {
      terminal,
      end: (code) => {
        exitCode = code;
      },
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, terminal);
  }
}

function report(error: unknown, { stderr }: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof OperatorError) {
    printLine(stderr, `care-judge: ${error.message}`);
    return EXIT.usage;
  }
  printLine(
    stderr,
    'care-judge: this is a bug in care-judge, not in what you did. Please report it with this stack:',
  );
  printLine(stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.bug;
}
