import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('too old a Node is told in one sentence, before anything is loaded', () => {
  const older =
    "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.11.0'}})";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', older, 'src/cli/main.ts', '--version'],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'care-judge: needs Node 22.19 or newer; this is Node 20.11.0, so install a newer one (nodejs.org).\n',
  });
});
