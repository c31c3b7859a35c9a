import type { FaultPlanInput } from '../../src/adapters/simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../src/adapters/simulator/server.ts';
import { jsonLines, makeWorkplace, QUESTIONS, type Workplace } from '../cli/workplace.ts';

interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** A chat request in the order of arrival. */
interface SeenCall {
  readonly role: 'answer' | 'judge';
  readonly body: ChatBody;
}

/** A workplace with questions in it and a simulated server to ask. */
export interface Scene {
  readonly here: Workplace;
  readonly simulator: Simulator;
  readonly seen: readonly SeenCall[];
  /** A config over the server, its lists as YAML. */
  config(parts?: ConfigParts): string;
  /** Rows of the view `ratings`. */
  ratings(run: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

interface ConfigParts {
  readonly models?: string;
  readonly judges?: string;
  readonly more?: string;
  readonly key?: string;
}

interface SceneOptions {
  readonly latencyMs?: number;
  readonly faults?: FaultPlanInput;
  readonly apiKey?: string;
  readonly models?: readonly string[];
  readonly references?: typeof QUESTIONS;
}

/** The run that most tests make. */
export const RUN = ['run', '@config.yaml', '--db', '@store.sqlite'];

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const here = makeWorkplace();
  here.write('items.jsonl', jsonLines(QUESTIONS));
  const seen: SeenCall[] = [];
  const simulator = await startSimulator({
    references: QUESTIONS,
    ...options,
    onRequest: ({ path, body }) => {
      if (!isChat(path, body)) return;
      const judged = body.messages.at(-1)?.content.includes('Rating: [[') === true;
      seen.push({ role: judged ? 'judge' : 'answer', body });
    },
  });
  return {
    here,
    simulator,
    seen,
    config: (parts = {}) => configOver(simulator.url, parts),
    ratings: async (run) => {
      const exported = ['export', '@out.jsonl', '--db', '@store.sqlite', '--run', run];
      const { code, stderr } = await here.cli(exported);
      if (code !== 0) throw new Error(stderr);
      const lines = here.read('out.jsonl').trimEnd().split('\n');
      return lines.map((line): Record<string, unknown> => JSON.parse(line));
    },
    close: async () => {
      await simulator.close();
      here.remove();
    },
  };
}

function configOver(url: string, parts: ConfigParts): string {
  const { key } = parts;
  const judge =
    '{ name: J, endpoint: judge, model: simulated-judge, decoding: { temperature: 0 } }';
  return [
    'version: 1',
    'name: main job',
    'items: [{ file: items.jsonl }]',
    'endpoints:',
    `  models: { kind: vllm, baseUrl: "${url}/v1", apiKey: "${key ?? ''}" }`,
    `  judge: { kind: azure, endpoint: "${url}", auth: { apiKey: "${key ?? 'k'}" } }`,
    `models: ${parts.models ?? '[{ name: A, endpoint: models, model: simulated-80 }]'}`,
    `judges: ${parts.judges ?? `[${judge}]`}`,
    parts.more ?? '',
  ].join('\n');
}

function isChat(path: string, body: unknown): body is ChatBody {
  return path.endsWith('/chat/completions') && typeof body === 'object' && body !== null;
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
