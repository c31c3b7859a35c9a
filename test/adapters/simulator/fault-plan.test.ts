import { describe, expect, it } from 'vitest';
import {
  type FaultPlanInput,
  faultPlanSchema,
  INJECTORS,
} from '../../../src/adapters/simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../../src/adapters/simulator/server.ts';
import { chat, get, judgePrompt, post, REFERENCES } from './small-talk.ts';

const QUESTION = '端午节为什么要吃粽子？';

async function withPlan(
  plan: FaultPlanInput,
  act: (simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({ references: REFERENCES, faults: plan });
  await act(simulator);
  await simulator.close();
}

/** Statuses of requests that differ in their seeds, each sent once. */
async function statuses(simulator: Simulator, count: number): Promise<number[]> {
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  const replies = seeds.map((seed) => post(simulator, { body: chat('x', 'hi', { seed }) }));
  return (await Promise.all(replies)).map(({ status }) => status);
}

const status = async (simulator: Simulator, body: unknown, id = '') =>
  (await post(simulator, { body, headers: { 'x-request-id': id } })).status;

describe('a fault plan', () => {
  it('is refused with an unknown fault, a share above 1 or a key nobody knows', () => {
    const wrong = [
      { fault: 'gremlins' },
      { fault: 'conflict', share: 2 },
      { fault: 'conflict', tims: 1 },
    ];
    for (const rule of wrong) {
      expect(faultPlanSchema.safeParse({ seed: 1, rules: [rule] }).success).toBe(false);
    }
    const every = Object.keys(INJECTORS).map((fault) => ({ fault }));
    expect(faultPlanSchema.safeParse({ seed: 1, rules: every }).success).toBe(true);
  });

  it('hits a share of the requests, the same ones every time', async () => {
    const plan = (seed: number): FaultPlanInput => ({
      seed,
      rules: [{ fault: 'nested-500', share: 0.3 }],
    });
    const runs: number[][] = [];
    for (const seed of [1, 1, 2]) {
      await withPlan(plan(seed), async (simulator) => {
        runs.push(await statuses(simulator, 200));
      });
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
    // Binomial, n = 200, p = 0.3: mean 60, standard deviation 6.5; five of them either way.
    const hit = runs[0]?.filter((code) => code === 500).length;
    expect(hit).toBeGreaterThan(60 - 33);
    expect(hit).toBeLessThan(60 + 33);
  });

  it('lets a request pass after as many tries as it says, whatever they are called', async () => {
    await withPlan({ seed: 1, rules: [{ fault: 'nested-500', times: 2 }] }, async (simulator) => {
      const body = chat('x', 'hi');
      expect(await status(simulator, body, 'job-a1')).toBe(500);
      expect(await status(simulator, body, 'job-a2')).toBe(500);
      expect(await status(simulator, body, 'other-a1')).toBe(500);
      expect(await status(simulator, body, 'job-a3')).toBe(200);
      expect(simulator.counts.faults).toEqual({ 'nested-500': 3 });
    });
  });

  it('can be for one model, one role, one question or one route', async () => {
    const other = chat('y', 'hi');
    const judge = chat('x', judgePrompt(QUESTION, 'hm'));
    const rules = (
      match: NonNullable<FaultPlanInput['rules']>[number]['match'],
    ): FaultPlanInput => ({
      seed: 1,
      rules: [{ fault: 'nested-500', times: 'always', match }],
    });
    await withPlan(rules({ model: 'y' }), async (simulator) => {
      expect(await status(simulator, judge)).toBe(200);
      expect(await status(simulator, other)).toBe(500);
    });
    await withPlan(rules({ role: 'judge' }), async (simulator) => {
      expect(await status(simulator, judge)).toBe(500);
      expect(await status(simulator, other)).toBe(200);
    });
    await withPlan(rules({ questionIncludes: '粽子' }), async (simulator) => {
      expect(await status(simulator, judge)).toBe(500);
      expect(await status(simulator, other)).toBe(200);
    });
    await withPlan(rules({ route: 'GET /v1/models' }), async (simulator) => {
      expect(await status(simulator, other)).toBe(200);
      expect(await get(simulator, '/v1/models')).toMatchObject({ status: 500 });
      expect(await get(simulator, '/health')).toMatchObject({ status: 200 });
    });
  });

  it('lets the first rule that hits decide, and the next ones spoil the retry', async () => {
    const rules: FaultPlanInput['rules'] = [
      { fault: 'conflict' },
      { fault: 'gateway-502' },
      { fault: 'unsupported-value' },
    ];
    await withPlan({ seed: 1, rules }, async (simulator) => {
      const seen: number[] = [];
      for (let attempt = 0; attempt < 3; attempt++) {
        seen.push(await status(simulator, chat('x', 'hi')));
      }
      expect(seen).toEqual([409, 502, 200]);
      expect(simulator.counts.faults).toEqual({ conflict: 1, 'gateway-502': 1 });
    });
  });
});
