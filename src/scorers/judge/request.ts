import type { Item } from '../../domain/item.ts';
import type { Json } from '../../domain/json.ts';
import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import type { Api, Decoding } from '../../domain/model-spec.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { VerdictSetting } from '../../domain/verdict-setting.ts';
import { type Rubric, renderRubric } from '../../prompts/rubric.ts';

/** The most alternatives a token that OpenAI, Azure and an unconfigured vLLM give. */
const TOP_LOGPROBS = 20;

const RATINGS = Array.from(
  { length: RATING_MAX - RATING_MIN + 1 },
  (_, index) => RATING_MIN + index,
);

/** The commentary first: a rating is better for having been argued before. */
const VERDICT_SCHEMA = {
  type: 'object',
  properties: {
    commentary: { type: 'string' },
    // As a list: OpenAI's strict mode refused bounds until 2025, and Azure's older versions still do.
    rating: { type: 'integer', enum: RATINGS },
  },
  required: ['commentary', 'rating'],
  additionalProperties: false,
} satisfies Json;

/** Stands behind every rubric whose verdict is to be JSON; it goes before what a rubric says of the form. */
const JSON_INSTRUCTION = `Whatever was said above about the form of the verdict, reply with one JSON object and nothing else, the commentary first:
{"commentary": "<a few sentences>", "rating": <a whole number from ${RATING_MIN} to ${RATING_MAX}>}`;

/** All that asking for JSON adds to a request: part of a judge's key. */
export const JSON_VERDICT_REQUEST = { instruction: JSON_INSTRUCTION, schema: VERDICT_SCHEMA };

/** The rubric with its answer, and with the form of the verdict where that is not the rubric's own. */
export function judgePrompt(
  rubric: Rubric,
  { item, answer }: { readonly item: Item; readonly answer: string },
  verdict: VerdictSetting,
): Prompt {
  return inVerdictForm(renderRubric(rubric, item, answer), verdict);
}

/** A filled rubric with what it takes to get the verdict in another form than its own. */
export function inVerdictForm(prompt: Prompt, verdict: VerdictSetting): Prompt {
  if (verdict.format === 'text') return prompt;
  return prompt.map((message, index) =>
    index === prompt.length - 1
      ? { ...message, content: `${message.content}\n\n${JSON_INSTRUCTION}` }
      : message,
  );
}

/** A judge's decoding with what its settings add; what the user wrote goes before. */
export function judgeDecoding(
  { api, decoding }: { readonly api: Api; readonly decoding: Decoding },
  {
    verdict,
    expectedRating,
  }: { readonly verdict: VerdictSetting; readonly expectedRating: boolean },
): Decoding {
  return {
    ...(verdict.format === 'json' ? schemaField(verdict.by) : {}),
    ...(expectedRating ? logprobFields(api) : {}),
    ...decoding,
  };
}

function schemaField(by: Extract<VerdictSetting, { format: 'json' }>['by']): Decoding {
  switch (by) {
    case 'response_format': {
      const json_schema = { name: 'verdict', strict: true, schema: VERDICT_SCHEMA };
      return { response_format: { type: 'json_schema', json_schema } };
    }
    case 'structured_outputs':
      return { structured_outputs: { json: VERDICT_SCHEMA } };
    case 'guided_json':
      return { guided_json: VERDICT_SCHEMA };
    case 'none':
      return {};
    default:
      return by satisfies never;
  }
}

/** The completions API counts alternatives in the field that chat has as a switch. */
function logprobFields(api: Api): Decoding {
  return api === 'chat'
    ? { logprobs: true, top_logprobs: TOP_LOGPROBS }
    : { logprobs: TOP_LOGPROBS };
}
