import { rmSync } from 'node:fs';
import { SAMPLE, writeSample } from '../support/sample.ts';

// `npm run sample`: the report of the demo that the README shows.
rmSync(SAMPLE, { recursive: true, force: true });
const files = await writeSample(SAMPLE);
process.stdout.write(`${files.length} files written to reports/sample\n`);
