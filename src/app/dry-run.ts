import type { Price } from '../config/schema.ts';
import type { Item } from '../domain/item.ts';
import { type ModelSpec, modelLabel } from '../domain/model-spec.ts';
import type { Prompt } from '../domain/prompt.ts';
import { renderRubric } from '../prompts/rubric.ts';
import { renderStyle } from '../prompts/style.ts';
import type { RunProgram } from '../run/program.ts';
import { prepareRun } from './prepare.ts';

/** What one model or judge would be asked, and what that would take. */
export interface CallEstimate {
  readonly role: 'model' | 'judge';
  readonly label: string;
  readonly calls: number;
  readonly promptTokens: number;
  /** Calls × max_tokens; null where none is set. */
  readonly completionTokens: number | null;
  /** Highest cost by the config's prices; null where a price or max_tokens is missing. */
  readonly usd: number | null;
}

interface DryRunOptions {
  readonly config: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limit?: number | undefined;
}

interface Account {
  readonly role: 'model' | 'judge';
  readonly spec: ModelSpec;
  readonly price: Price | undefined;
  calls: number;
  bytes: number;
}

const BYTES_PER_TOKEN = 4;
const PER_MILLION = 1e6;

/** Renders every prompt of a plan and adds up calls, tokens and cost. Throws InputError. */
export async function dryRun(options: DryRunOptions): Promise<CallEstimate[]> {
  const { config, program, items } = await prepareRun(options.config, options);
  const account =
    (role: 'model' | 'judge') =>
    (spec: ModelSpec, position: number): Account => ({
      role,
      spec,
      price: (role === 'model' ? config.models : config.judges)[position]?.price,
      calls: 0,
      bytes: 0,
    });
  const models = program.models.map(({ spec }, position) => account('model')(spec, position));
  const judges = program.judges.map(({ spec }, position) => account('judge')(spec, position));
  for await (const item of items()) addItem({ program, item, models, judges });
  return [
    ...models.filter((_, position) => program.models[position]?.recorded === null),
    ...judges,
  ].map(estimate);
}

interface Tally {
  readonly program: RunProgram;
  readonly item: Item;
  readonly models: readonly Account[];
  readonly judges: readonly Account[];
}

function addItem({ program, item, models, judges }: Tally): void {
  const { responses, judgments } = program.trials;
  for (const [position, model] of program.models.entries()) {
    const answers = model.recorded?.(item) ?? null;
    const prompts = answers === null ? promptsOf(program, item) : [];
    for (const prompt of prompts) add(models[position], prompt, responses);
    // An answer that is not there yet is taken to be as long as the reference.
    const texts = answers ?? prompts.flatMap(() => Array<string>(responses).fill(item.reference));
    for (const text of texts) {
      const prompt = renderRubric(program.rubricOf(item.category), item, text);
      for (const judge of judges) add(judge, prompt, judgments);
    }
  }
}

function promptsOf({ styles }: RunProgram, item: Item): Prompt[] {
  return styles.flatMap((style) => (style === null ? [] : [renderStyle(style, item)]));
}

function add(account: Account | undefined, prompt: Prompt, times: number): void {
  if (!account) return;
  account.calls += times;
  account.bytes += times * prompt.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}

function estimate({ role, spec, price, calls, bytes }: Account): CallEstimate {
  const cap = spec.decoding['max_completion_tokens'] ?? spec.decoding['max_tokens'];
  const promptTokens = Math.ceil(bytes / BYTES_PER_TOKEN);
  const completionTokens = typeof cap === 'number' ? calls * cap : null;
  const usd =
    price === undefined || completionTokens === null
      ? null
      : (promptTokens * price.prompt + completionTokens * price.completion) / PER_MILLION;
  return { role, label: modelLabel(spec), calls, promptTokens, completionTokens, usd };
}
