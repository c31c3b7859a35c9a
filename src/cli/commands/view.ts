import { once } from 'node:events';
import type { Command } from '@commander-js/extra-typings';
import type { RatingDesk } from '../../ports/human-ratings.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { withStore } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge view                                all runs of the store, the newest first
  care-judge view qwen-3f2a91c0 --open           one run, in your browser
  ssh -L 8700:127.0.0.1:8700 HOST                from your own machine, where the store is on HOST
                                                 (then open the link that view prints there)

Filter by model, culture, status or rating, search, compare two series question by question, and
rate answers yourself: ratings go into the store, and \`agreement\` uses them.`;

const command = (program: Command) =>
  program
    .command('view')
    .description('browse, compare and rate every answer in a local web page')
    .argument('[runs...]', 'run ids or their beginnings; default: all')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber(0), 8700)
    .option('--open', 'open the page in your browser')
    .addHelpText('after', EXAMPLES);
type ViewFlags = FlagsOf<typeof command>;

export const defineView: DefineCommand = (program, context) => {
  command(program).action(async (runs, flags) => {
    context.end(await viewCommand(runs, flags, context.terminal));
  });
};

/** `care-judge view`: serves until Ctrl-C. */
async function viewCommand(
  runs: readonly string[],
  flags: ViewFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  await withStore(flags.db, async (archive) => {
    const ratings = await openRatings(flags.db, terminal);
    try {
      await serve(archive, { runs, ratings, flags }, terminal);
    } finally {
      ratings?.close();
    }
  });
  return EXIT.ok;
}

/** null for a store that may be read alone. */
async function openRatings(db: string, { stderr }: Terminal): Promise<RatingDesk | null> {
  const { OperatorError } = await import('../../domain/errors.ts');
  const { openRatingDesk } = await import('../../adapters/sqlite/write/rating-desk.ts');
  try {
    return openRatingDesk(db);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    printLine(stderr, `Read-only: ${error.message} Nobody can rate here.`);
    return null;
  }
}

interface Served {
  readonly runs: readonly string[];
  readonly ratings: RatingDesk | null;
  readonly flags: ViewFlags;
}

async function serve(
  archive: RunArchive,
  { runs, ratings, flags }: Served,
  { stdout, stderr, signals }: Terminal,
): Promise<void> {
  const { randomBytes } = await import('node:crypto');
  const { readText } = await import('../../adapters/files/read-text.ts');
  const { listenLocally } = await import('../../adapters/http/listen.ts');
  const { systemClock } = await import('../../adapters/system/clock.ts');
  const { packageFile } = await import('../../adapters/system/package-file.ts');
  const { resolveRuns } = await import('../../series/names/resolve-run.ts');
  const { openStoreView } = await import('../../web/server/store-view.ts');
  const { viewApp } = await import('../../web/server/view-app.ts');
  const shown = runs.length === 0 ? [] : resolveRuns(archive, runs);
  const view = openStoreView({ archive, runs: shown, ratings, now: systemClock.now });
  const token = randomBytes(24).toString('base64url');
  const script = readText(packageFile('dist/web/view.js'));
  const server = await listenLocally(
    flags.port,
    (port) => viewApp({ view, token, port, script }).fetch,
  );
  const url = `http://127.0.0.1:${server.port}/?token=${token}`;
  printLine(stdout, url);
  printLine(stderr, 'Open this link; only whoever has it can see the page. Ctrl-C ends it.');
  const ended = new AbortController();
  const end = () => ended.abort();
  signals.on('SIGINT', end);
  signals.on('SIGTERM', end);
  try {
    if (flags.open) await openPage(url, stderr);
    if (!ended.signal.aborted) await once(ended.signal, 'abort');
  } finally {
    signals.off('SIGINT', end);
    signals.off('SIGTERM', end);
    await server.close();
  }
}

async function openPage(url: string, stderr: Terminal['stderr']): Promise<void> {
  const { openInBrowser } = await import('../../adapters/system/open-in-browser.ts');
  if (!(await openInBrowser(url))) printLine(stderr, 'No browser was found to open it in.');
}
