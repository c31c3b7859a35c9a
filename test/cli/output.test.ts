import { expect, test } from 'vitest';
import { jsonText, printFigures } from '../../src/cli/output.ts';
import { text } from '../../src/render/document.ts';

/** A terminal that keeps what each stream was given. */
function terminal(columns?: number) {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written) => ({
    ...(columns === undefined ? {} : { columns }),
    write: (chunk: unknown) => {
      written[name] += String(chunk);
      return true;
    },
  });
  const signals = { on: () => undefined, off: () => undefined };
  return {
    written,
    terminal: { stdout: output('stdout'), stderr: output('stderr'), environment: {}, signals },
  };
}

const words = Array.from({ length: 60 }, () => 'word').join(' ');
const figures = {
  value: { version: 1, mean: 7.25 },
  show: () => ({ title: 'Figures', blocks: [text(words)] }),
};

test('prints the value and nothing else on stdout for --json', async () => {
  const { written, terminal: given } = terminal(80);
  await printFigures(given, { json: true }, figures);
  expect(written).toEqual({ stdout: '{\n  "version": 1,\n  "mean": 7.25\n}\n', stderr: '' });
});

test.each([
  [40, 40],
  [80, 80],
  [undefined, 100],
])('folds a document to an output of %s columns at %i', async (columns, width) => {
  const { written, terminal: given } = terminal(columns);
  await printFigures(given, {}, figures);
  const longest = Math.max(...written.stdout.split('\n').map((line) => line.length));
  // "word " is five characters, so the fullest line ends within four of the edge.
  expect(longest).toBeLessThanOrEqual(width);
  expect(longest).toBeGreaterThan(width - 5);
  expect(written.stderr).toBe('');
});

test('gives text its width', async () => {
  const { written, terminal: given } = terminal(72);
  await printFigures(given, {}, { value: null, show: (width) => `${width} columns` });
  expect(written.stdout).toBe('72 columns\n');
});

test('a JSON file ends with a line end', () => {
  expect(jsonText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
});
