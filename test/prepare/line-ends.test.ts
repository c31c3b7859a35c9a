import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareRun } from '../../src/prepare/prepare.ts';

it('templates from a Windows checkout give the prompt, fingerprint and plan of those with LF', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'line-ends-'));
  try {
    const item = {
      question: 'Q?',
      reference: 'R',
      culture: 'C',
      language: 'en',
      category: 'Literacy',
    };
    await writeFile(join(folder, 'items-0.jsonl'), JSON.stringify(item));
    await writeFile(join(folder, 'items-1.jsonl'), JSON.stringify({ ...item, question: 'Other?' }));
    await writeFile(
      join(folder, 'c.json'),
      JSON.stringify({
        ...{ version: 1, name: 't', items: [{ file: 'items-*.jsonl' }], prompting: ['x.hbs'] },
        endpoints: { s: { kind: 'simulated' } },
        models: [{ name: 'm', endpoint: 's', model: 'simulated-60' }],
        judges: [{ name: 'j', endpoint: 's', model: 'simulated-judge' }],
      }),
    );
    const plans: string[] = [];
    for (const lineEnd of ['\n', '\r\n']) {
      await writeFile(join(folder, 'x.hbs'), ['{{question}}', '', 'Briefly.', ''].join(lineEnd));
      const { program, scan } = await prepareRun(join(folder, 'c.json'), { environment: {} });
      expect(scan.selectedCount).toBe(2);
      expect(program.definition.styles[0]?.user?.source).not.toContain('\r');
      plans.push(program.definition.planKey);
    }
    expect(plans[1]).toBe(plans[0]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
