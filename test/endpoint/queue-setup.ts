import { onTestFinished } from 'vitest';
import { type ChatModelOptions, createChatModel } from '../../src/adapters/openai/chat-model.ts';
import type { FaultPlanInput } from '../../src/adapters/simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../src/adapters/simulator/server.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { endpointSchema } from '../../src/domain/endpoint.ts';
import { type CallResult, createLane, type Lane } from '../../src/endpoint/call-queue.ts';
import type { LaneEvent } from '../../src/endpoint/lane-options.ts';
import { defaultTrialPolicy } from '../../src/endpoint/model-trials.ts';
import { defaultRetryPolicy } from '../../src/endpoint/retry-policy.ts';
import type { ChatRequest } from '../../src/ports/chat-model.ts';

/** The real policy at a hundredth of its waits. */
export const QUICK = {
  retry: { ...defaultRetryPolicy, firstBackoffMs: 5, maxBackoffMs: 50 },
  outages: {
    limitMs: 2000,
    startLimitMs: 300,
    firstProbeMs: 20,
    maxProbeMs: 50,
    loadLimitMs: 1000,
    troubleMs: 3000,
  },
  trials: { ...defaultTrialPolicy, graceMs: 20 },
};

export interface Bench {
  readonly lane: Lane;
  readonly events: LaneEvent[];
  readonly simulator: Simulator;
  readonly stop: AbortController;
  readonly abort: AbortController;
}

export async function startFaultySimulator(
  rules: FaultPlanInput['rules'],
  options: { readonly latencyMs?: number; readonly apiKey?: string } = {},
): Promise<Simulator> {
  const simulator = await startSimulator({
    references: [],
    faults: { seed: 1, rules },
    ...options,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** A lane to an endpoint as a config would have it. */
export async function laneTo(
  simulator: Simulator,
  written: Record<string, unknown> = {},
  options: ChatModelOptions = {},
): Promise<Bench> {
  const endpoint = endpointSchema.parse({
    ...('kind' in written ? {} : { kind: 'vllm', baseUrl: `${simulator.url}/v1` }),
    timeouts: { connect: 2, response: 0.4, stall: 0.4 },
    ...written,
  });
  if (endpoint.kind === 'simulated') throw new Error('not a remote endpoint');
  const chatModel = await createChatModel(endpoint, options);
  const stop = new AbortController();
  const abort = new AbortController();
  const events: LaneEvent[] = [];
  const lane = createLane({
    name: 'gpu',
    chatModel,
    concurrency: endpoint.concurrency,
    rates: { rpm: endpoint.rpm, tpm: endpoint.tpm },
    ...QUICK,
    clock: systemClock,
    stop: stop.signal,
    abort: abort.signal,
    tell: (event) => events.push(event),
  });
  onTestFinished(async () => {
    await lane.close();
    await chatModel.close();
  });
  return { lane, events, simulator, stop, abort };
}

export function chat(question: string, model = 'simulated-90'): ChatRequest {
  return {
    model,
    api: 'chat',
    prompt: [{ role: 'user', content: question }],
    decoding: { max_tokens: 64, temperature: 0.2 },
    strictParams: false,
  };
}

export async function callAll(
  { lane }: Pick<Bench, 'lane'>,
  count: number,
): Promise<(CallResult | null)[]> {
  return await Promise.all(
    Array.from({ length: count }, (_, index) =>
      lane.call(chat(`Question ${index}?`), { id: `call-${index}`, priority: 0 }),
    ),
  );
}

/** Generation requests that the simulator saw. */
export function generationRequests({ counts }: Simulator): number {
  return Object.entries(counts.requests)
    .filter(([route]) => route.includes('completions'))
    .reduce((sum, [, count]) => sum + count, 0);
}
