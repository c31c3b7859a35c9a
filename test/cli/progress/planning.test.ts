import { expect, test } from 'vitest';
import { createProgress } from '../../../src/cli/progress/progress.ts';

/** What a terminal, or a file, shows of a run that plans and then begins. */
async function shown(isTTY: boolean): Promise<string> {
  const written: string[] = [];
  const write = (chunk: unknown) => written.push(String(chunk)) > 0;
  const progress = await createProgress({ write, isTTY, columns: 100, rows: 30 });
  progress.listen({ kind: 'planning', questions: 12_500, of: 60_000 });
  progress.note('First.');
  const track = { role: 'model', position: 0, label: 'A', planned: 60_000, stored: 0 } as const;
  progress.listen({ kind: 'planned', tracks: [track] });
  progress.end();
  return written.join('');
}

test('a plan being written is shown, until the calls begin', async () => {
  const text = await shown(true);
  expect(text).toContain('Planning: 12,500 of 60,000 questions\n');
  // The line goes up by one and is erased before the calls are drawn.
  expect(text.split('\u001b[1A\u001b[0J').at(-1)).toMatch(/^model A .* 0\/60000\n0\/60000 calls/);
  expect(text.slice(text.lastIndexOf('\u001b[0J'))).not.toContain('Planning');
});

test('without a terminal a run that was planned ends with its calls', async () => {
  const text = await shown(false);
  expect(text).toMatch(/^First\.\n0\/60000 calls/);
});
