import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MODULE = new URL('../../src/cli/young-generation.ts', import.meta.url).href;

/** Run in a process of its own, whose heap nothing else has grown. */
const PROGRAM = `
import { getHeapSpaceStatistics } from 'node:v8';
import { growYoungGeneration } from ${JSON.stringify(MODULE)};
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size;
const sizes = [size()];
growYoungGeneration();
sizes.push(size());
let kept = [];
for (let index = 0; index < 2_000_000; index += 1) kept.push({ index });
sizes.push(size());
console.log(JSON.stringify(sizes));
`;

test('the young generation grows at once to eight megabytes or more, and then stays', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM],
    { cwd: fileURLToPath(new URL('../../', import.meta.url)) },
  );
  const [before = 0, grown = 0, later = 0]: number[] = JSON.parse(stdout);
  expect(before).toBeLessThan(8 * 2 ** 20);
  expect(grown).toBeGreaterThanOrEqual(8 * 2 ** 20);
  expect(later).toBe(grown);
});
