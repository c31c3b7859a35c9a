#!/usr/bin/env node
/** As `engines` in package.json has it. */
const NEEDED = [22, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
// Before anything is loaded: an older Node stops at the first name that it does not have, with a stack.
if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) {
  void import('./start.ts');
} else {
  process.stderr.write(
    `care-judge: needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}, so install a newer one (nodejs.org).\n`,
  );
  process.exitCode = 2;
}
