import { enableCompileCache } from 'node:module';
import { growYoungGeneration } from './young-generation.ts';

// Compiled code is kept between runs (in the system's temporary folder): half the start-up otherwise
// goes into compiling the same libraries again.
enableCompileCache();
growYoungGeneration();
// `care-judge gate … 2>&1 | head` closes our outputs early: that is the reader's right, and no error. The
// command goes on, so that its files are written and its exit code stays its own: an end at once would
// let a failed gate pass.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error;
  });
}
const { runCli } = await import('./run-cli.ts');

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  signals: process,
});
