import { expect, test } from 'vitest';
import { prepareBatches } from './batch-rehearsal.ts';
import { killedRun } from './killed-run.ts';

test('killed at any request, a batch run loses and doubles nothing', async () => {
  const questions = 12;
  const options = { dialect: 'azure-v1', questions, kills: 4, most: 20, seed: 20_261_128 } as const;
  const killed = await killedRun(options);
  expect(killed).toMatchObject({
    ...{ kills: 4, code: 0, calls: 2 * questions },
    ...{ lost: 0, doubled: 0, files: 0 },
  });
  const undisturbed = await prepareBatches({ dialect: 'azure-v1', questions });
  await undisturbed.run();
  expect(killed.rows).toEqual(undisturbed.rows());
  await undisturbed.close();
});
