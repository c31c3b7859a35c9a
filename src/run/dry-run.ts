import { type CountTokens, loadO200k } from '../adapters/tokenizer/o200k.ts';
import type { Item } from '../domain/item.ts';
import { modelLabel } from '../domain/model-label.ts';
import type { ModelSpec } from '../domain/model-spec.ts';
import type { Prompt } from '../domain/prompt.ts';
import { isInShard, type Shard } from '../domain/shard.ts';
import type { RunArchive } from '../ports/run-archive.ts';
import type { PlannedResponse } from '../ports/run-store.ts';
import { prepareRun } from '../prepare/prepare.ts';
import type { Asked, RunProgram } from '../prepare/program.ts';
import { judgePrompt } from '../scorers/judge/request.ts';
import { anchorProbes, isDue } from './extra-judgments.ts';
import { planItem } from './plan.ts';
import { cost } from './spending.ts';
import { takeShard } from './take-shard.ts';
import { promptOf } from './task-prompts.ts';

/** Calls, and what they would take. */
export interface Load {
  readonly calls: number;
  readonly promptTokens: number;
  /** Calls × max_tokens; null where none is set. */
  readonly completionTokens: number | null;
  /** Highest cost by the config's prices; null where a price or max_tokens is missing. */
  readonly usd: number | null;
}

/** What one model or judge would be asked: in the whole plan, and without what the store has. */
export interface CallEstimate extends Load {
  readonly role: 'model' | 'judge';
  readonly label: string;
  /** null where there is no store yet. */
  readonly left: Load | null;
}

interface DryRunOptions {
  readonly config: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limit?: number | undefined;
  readonly shard?: Shard | undefined;
  /** A store whose calls need not be made again; null for none. */
  readonly archive: RunArchive | null;
}

interface Tally {
  calls: number;
  promptTokens: number;
}

interface Account {
  readonly role: 'model' | 'judge';
  readonly asked: Asked;
  readonly all: Tally;
  readonly left: Tally;
}

/** The tokenizer that counts prompts, of whatever model they are for. */
export const DRY_RUN_TOKENIZER = 'o200k_base';

/** Renders every prompt of a plan and adds up calls, tokens and cost. Throws InputError. */
export async function dryRun(options: DryRunOptions): Promise<CallEstimate[]> {
  const { archive, shard } = options;
  const { program, items, anchors } = takeShard(await prepareRun(options.config, options), shard);
  const count = await loadO200k();
  const account = (role: 'model' | 'judge') => (asked: Asked) => ({
    role,
    asked,
    all: { calls: 0, promptTokens: 0 },
    left: { calls: 0, promptTokens: 0 },
  });
  const models = program.models.map(account('model'));
  const judges = program.judges.map(account('judge'));
  for await (const item of items()) {
    if (shard !== undefined && !isInShard(item.question, shard)) continue;
    for (const planned of planItem(program, item).responses) {
      addResponse({ program, archive, count, models, judges }, item, planned);
    }
  }
  for (const { judge, prompt, planned } of anchorProbes(program, anchors)) {
    const [stored] = archive?.probesByKey([planned.key]) ?? [];
    add(judges[judge], tokensOf(prompt, count), stored !== undefined && !isDue(stored, false));
  }
  const asked = models.filter((_, position) => program.models[position]?.recorded === null);
  return [...asked, ...judges].map((one) => ({
    role: one.role,
    label: modelLabel(one.asked.spec),
    ...loadOf(one.asked, one.all),
    left: archive === null ? null : loadOf(one.asked, one.left),
  }));
}

interface Estimation {
  readonly program: RunProgram;
  readonly archive: RunArchive | null;
  readonly count: CountTokens;
  readonly models: readonly Account[];
  readonly judges: readonly Account[];
}

function addResponse(
  { program, archive, count, models, judges }: Estimation,
  item: Item,
  { model, style, trial, key, recorded, judgments }: PlannedResponse,
): void {
  if (recorded === null) {
    const tokens = tokensOf(promptOf(program, { item, style, trial }), count);
    add(models[model], tokens, archive?.isAnswered(key) ?? false);
  }
  // An answer that is not there yet is taken to be as long as the reference.
  const answer = recorded === null ? item.reference : textOf(recorded.response);
  if (answer === null || judgments.length === 0) return;
  const rubric = program.rubricOf(item.category);
  for (const { judge, key: judgment } of judgments) {
    const asked = program.judges[judge];
    if (!asked) continue;
    const tokens = tokensOf(judgePrompt(rubric, { item, answer }, asked.verdict), count);
    add(judges[judge], tokens, archive?.isJudged(judgment) ?? false);
  }
}

function textOf(response: NonNullable<PlannedResponse['recorded']>['response']): string | null {
  return response.status === 'completed' ? response.text : null;
}

function tokensOf(prompt: Prompt, count: CountTokens): number {
  return prompt.reduce((sum, { content }) => sum + count(content), 0);
}

function add(account: Account | undefined, promptTokens: number, stored: boolean): void {
  if (!account) return;
  for (const tally of stored ? [account.all] : [account.all, account.left]) {
    tally.calls += 1;
    tally.promptTokens += promptTokens;
  }
}

function loadOf({ spec, price }: Asked, { calls, promptTokens }: Tally): Load {
  const cap = capOf(spec);
  const completionTokens = cap === null ? null : calls * cap;
  const usd = completionTokens === null ? null : cost({ promptTokens, completionTokens }, price);
  return { calls, promptTokens, completionTokens, usd };
}

function capOf({ decoding }: ModelSpec): number | null {
  const cap = decoding['max_completion_tokens'] ?? decoding['max_tokens'];
  return typeof cap === 'number' ? cap : null;
}
