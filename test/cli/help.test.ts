import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';

/** The whole of `--help`, of the program and of each command, as a reader sees it at 80 columns. */
async function help(command: readonly string[]): Promise<string> {
  let text = '';
  const output = {
    columns: 80,
    write: (chunk: unknown) => {
      text += String(chunk);
      return true;
    },
  };
  const signals = { on: () => undefined, off: () => undefined };
  await runCli([...command, '--help'], {
    stdout: output,
    stderr: output,
    environment: {},
    signals,
  });
  return text;
}

const [program, commands] = await (async () => {
  const text = await help([]);
  const list = text.slice(text.indexOf('Commands:'), text.indexOf('Examples:'));
  return [text, [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name)];
})();

test('the help of the program is the one that was agreed on', async () => {
  await expect(program).toMatchFileSnapshot('../golden/help/care-judge.txt');
});

test.each(commands)('the help of %s is the one that was agreed on', async (name) => {
  await expect(await help([name])).toMatchFileSnapshot(`../golden/help/${name}.txt`);
});
