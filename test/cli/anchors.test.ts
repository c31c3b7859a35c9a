import { afterAll, beforeAll, expect, it } from 'vitest';
import { rated, storeRun } from '../support/stored-run.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
let runId: string;
beforeAll(async () => {
  here = makeWorkplace();
  const item = (_: unknown, number: number) => ({
    ...{ id: `q${number}`, question: `Question ${number}?`, reference: 'Answer.', language: 'en' },
    ...{ culture: number % 2 === 0 ? 'Arab' : 'Chinese', category: 'Opinion', scope: null },
    ...{ association: null, cluster: null },
  });
  const shape = {
    ...{ name: 'frozen', models: [{ name: 'A' }], styles: ['zero-shot'], judges: ['J'] },
    items: Array.from({ length: 12 }, item),
    answer: () => ({ status: 'completed' as const, text: 'An answer.', reasoning: null }),
  };
  runId = await storeRun(here.path('store.sqlite'), shape, () => rated(5));
});
afterAll(() => here.remove());

it('prints what was frozen as JSON, and what people read on stderr', async () => {
  const argv = ['anchors', '--out', '@anchors.jsonl', '--size', '12', '--db', '@store.sqlite'];
  const { code, stdout, stderr } = await here.cli([...argv, '--json']);
  expect(code).toBe(0);
  // Twelve answers rated 5, six to a culture: all in the band 5–6.
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ version: 1, run: runId, anchors: 12 },
    spread: [
      { culture: 'Arab', bands: [0, 0, 6, 0, 0] },
      { culture: 'Chinese', bands: [0, 0, 6, 0, 0] },
    ],
  });
  expect(here.read('anchors.jsonl').trimEnd().split('\n')).toHaveLength(12);
  const people = await here.cli(argv);
  expect(people).toEqual({ code: 0, stdout: '', stderr });
  expect(stderr).toContain(`12 answers of ${runId}, rated`);
});
