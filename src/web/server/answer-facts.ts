import { type Price, priceSchema } from '../../config/schema.ts';
import { at, isList } from '../../domain/json-path.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type {
  CallFacts,
  PersonRating,
  StoredAnswer,
  StoredCall,
  StoredJudgment,
} from '../../ports/answer-reader.ts';
import { cost } from '../../run/spending.ts';
import type { AnswerFacts, ListedAnswer, ShownCall, ShownJudgment } from '../answers/wire.ts';
import { type SentPrompts, sentPrompts } from './sent-prompts.ts';

/** Makes what a page shows of a stored answer: names in place of positions, prompts, costs. */
export type DescribeAnswer = (
  stored: StoredAnswer,
  entry: Pick<ListedAnswer, 'model' | 'style' | 'statuses'>,
  people: readonly PersonRating[],
) => AnswerFacts;

export function answerDescriber(definition: RunDefinition): DescribeAnswer {
  const prompts = sentPrompts(definition);
  return (stored, { model, style, statuses }, people) => {
    const { id, item, trial, response, detected } = stored;
    const price = priceOf(definition, 'models', stored.model);
    return {
      ...{ id, item, model, style, trial, detected, statuses, people },
      response: {
        ...shownCall(response, price),
        prompt: wasSent(response) ? prompts.respond(stored.style, item) : null,
      },
      judgments: stored.judgments.map((judgment) =>
        shownJudgment(judgment, {
          name: definition.judges[judgment.judge]?.spec.name ?? '',
          price: priceOf(definition, 'judges', judgment.judge),
          prompt: judgePrompt(prompts, stored, judgment),
        }),
      ),
    };
  };
}

function judgePrompt(
  prompts: SentPrompts,
  { item, response }: StoredAnswer,
  judgment: StoredJudgment,
): ShownCall['prompt'] {
  return response.text === null || !wasSent(judgment)
    ? null
    : prompts.judge(judgment.judge, item, response.text);
}

/** Answers made elsewhere have no attempt, and pending calls none yet. */
function wasSent({ call: { attempts } }: StoredCall): boolean {
  return (attempts ?? 0) > 0;
}

function shownJudgment(
  judgment: StoredJudgment,
  { name, price, prompt }: { name: string; price: Price | null; prompt: ShownCall['prompt'] },
): ShownJudgment {
  const { trial, rating, parse, conflicting, expectedRating } = judgment;
  return {
    ...shownCall(judgment, price),
    ...{ judge: name, trial, rating, parse, conflicting, expectedRating, prompt },
  };
}

function shownCall(
  { status, text, reasoning, detail, call }: StoredCall,
  price: Price | null,
): Omit<ShownCall, 'prompt'> {
  return { status, text, reasoning, detail, call, usd: costOf(call, price) };
}

function costOf(call: CallFacts, price: Price | null): number | null {
  const { promptTokens, completionTokens, cachedTokens } = call;
  const { estimatedPromptTokens, estimatedCompletionTokens } = call;
  if (promptTokens === null && estimatedPromptTokens === null) return null;
  return cost(
    {
      promptTokens: promptTokens ?? 0,
      completionTokens: completionTokens ?? 0,
      cachedTokens: cachedTokens ?? 0,
      estimated: {
        promptTokens: estimatedPromptTokens ?? 0,
        completionTokens: estimatedCompletionTokens ?? 0,
      },
    },
    price,
  );
}

/** As the run's config says; null where it says nothing. */
function priceOf(
  { provenance }: RunDefinition,
  role: 'models' | 'judges',
  position: number,
): Price | null {
  const entries = at(at(provenance, 'config'), role);
  const price = priceSchema.safeParse(isList(entries) ? at(entries[position], 'price') : undefined);
  return price.success ? price.data : null;
}
