import { writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { EXIT } from './exit-code.ts';
import { growYoungGeneration } from './young-generation.ts';

// Compiled code is kept between runs (in the system's temporary folder): half the start-up otherwise
// goes into compiling the same libraries again.
enableCompileCache();
growYoungGeneration();
// `care-judge gate … 2>&1 | head` closes our outputs early: that is the reader's right, and no error. The
// command goes on, so that its files are written and its exit code stays its own: an end at once would
// let a failed gate pass.
// A terminal that is gone (EIO after SIGHUP) is closed early, too; a full disk is not the reader's wish:
// the command goes on likewise, but what its exit code says of the output would not be true.
const CLOSED = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'];
let lost: string | null = null;
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error) => {
    const code = 'code' in error ? String(error.code) : error.message;
    if (!CLOSED.includes(code)) lost ??= code;
  });
}
process.on('exit', () => {
  if (lost === null) return;
  process.exitCode = EXIT.usage;
  writeLastWords(
    `care-judge: the output could not be written (${lost}); free some space and run again.\n`,
  );
});
/** To the terminal as it is: where stderr is what failed, nobody hears it. */
function writeLastWords(text: string): void {
  try {
    writeSync(2, text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

const { runCli } = await import('./run-cli.ts');

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signals: process,
});
