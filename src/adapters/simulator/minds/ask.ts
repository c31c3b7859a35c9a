import { z } from 'zod';
import { openaiBadRequest, vllmBadRequest, vllmError } from '../faults/error-replies.ts';
import type { Route, Surface } from '../wire/routes.ts';
import type { WireReply } from '../wire/wire-reply.ts';
import { JSON_VERDICT_MARK, VERDICT_MARK } from './verdicts.ts';

const textPart = z.looseObject({ type: z.string(), text: z.string().optional() });
const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(textPart), z.null()]).optional(),
});
const common = {
  model: z.string().nullish(),
  max_tokens: z.int().nullish(),
  max_completion_tokens: z.int().nullish(),
  temperature: z.number().nullish(),
  seed: z.int().nullish(),
  stream: z.boolean().nullish(),
  request_id: z.string().nullish(),
};
const chatSchema = z.looseObject({ ...common, messages: z.array(messageSchema).min(1) });
const completionsSchema = z.looseObject({
  ...common,
  prompt: z.union([z.string(), z.array(z.string()).min(1)]),
});

/** A generation request, understood. Unknown parameters are ignored, as the real servers do. */
export interface Ask {
  readonly model: string;
  /** All messages, or the raw prompt, joined by blank lines. */
  readonly prompt: string;
  readonly messageCount: number;
  readonly hasSystemMessage: boolean;
  /** A prompt that shows a rubric's verdict format is for a judge. */
  readonly role: 'answer' | 'judge';
  readonly verdictFormat: 'text' | 'json';
  /** Whether token probabilities are wanted. */
  readonly logprobs: boolean;
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly seed: number | null;
  readonly stream: boolean;
  /** The body's own request id (a vLLM parameter). */
  readonly requestId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Reads a request body; what the surface would refuse comes back as its error reply. */
export function readAsk(
  raw: Buffer,
  route: Route,
): { readonly ask: Ask } | { readonly refusal: WireReply } {
  let value: unknown;
  try {
    value = JSON.parse(raw.toString('utf8'));
  } catch (error) {
    return { refusal: invalidJson(route.surface, String(error)) };
  }
  const parsed = parseBody(value, route);
  return 'refusal' in parsed || parsed.ask.maxTokens === null || parsed.ask.maxTokens >= 1
    ? parsed
    : { refusal: tooFewTokens(route.surface, parsed.ask.maxTokens) };
}

type Parsed = { readonly ask: Ask } | { readonly refusal: WireReply };

function parseBody(value: unknown, route: Route): Parsed {
  if (route.kind === 'completions') {
    const body = completionsSchema.safeParse(value);
    if (!body.success) return { refusal: invalidFields(route.surface, body.error) };
    const { prompt } = body.data;
    const shape = {
      prompt: typeof prompt === 'string' ? prompt : prompt.join('\n\n'),
      messageCount: 0,
      hasSystemMessage: false,
      // The completions API, unlike chat, cuts at 16 tokens unless told otherwise.
      maxTokens: 16,
    };
    return { ask: makeAsk(body.data, shape, route) };
  }
  const body = chatSchema.safeParse(value);
  if (!body.success) return { refusal: invalidFields(route.surface, body.error) };
  const { messages } = body.data;
  const shape = {
    prompt: messages.map(({ content }) => contentText(content)).join('\n\n'),
    messageCount: messages.length,
    hasSystemMessage: messages.some(({ role }) => role === 'system' || role === 'developer'),
    maxTokens: null,
  };
  return { ask: makeAsk(body.data, shape, route) };
}

type Shape = Pick<Ask, 'prompt' | 'messageCount' | 'hasSystemMessage' | 'maxTokens'>;
type Common = z.infer<z.ZodObject<typeof common, z.core.$loose>>;

function makeAsk(body: Common, shape: Shape, route: Route): Ask {
  return {
    ...shape,
    model: route.deployment ?? body.model ?? 'simulated',
    role: VERDICT_MARKS.some((mark) => shape.prompt.includes(mark)) ? 'judge' : 'answer',
    verdictFormat: wantsJson(body, shape.prompt) ? 'json' : 'text',
    // The chat API has a switch, the completions API a number of alternatives.
    logprobs: body['logprobs'] === true || typeof body['logprobs'] === 'number',
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? shape.maxTokens,
    temperature: body.temperature ?? null,
    seed: body.seed ?? null,
    stream: body.stream === true,
    requestId: body.request_id ?? null,
    body,
  };
}

const VERDICT_MARKS = [VERDICT_MARK, JSON_VERDICT_MARK];
const SCHEMA_FIELDS = ['response_format', 'structured_outputs', 'guided_json'];

function wantsJson(body: Common, prompt: string): boolean {
  return prompt.includes(JSON_VERDICT_MARK) || SCHEMA_FIELDS.some((field) => field in body);
}

function contentText(content: z.infer<typeof messageSchema>['content']): string {
  if (typeof content === 'string') return content;
  return content?.map(({ text }) => text ?? '').join('') ?? '';
}

function invalidJson(surface: Surface, reason: string): WireReply {
  if (surface === 'azure') {
    return openaiBadRequest(
      `We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)`,
    );
  }
  return vllmError(400, {
    message: `[{'type': 'json_invalid', 'loc': ('body', 0), 'msg': 'JSON decode error', 'input': {}, 'ctx': {'error': '${reason}'}}]`,
    type: 'Bad Request',
  });
}

function invalidFields(surface: Surface, error: z.ZodError): WireReply {
  const fields = error.issues.map(({ path, message }) => ({
    loc: ['body', ...path],
    msg: message,
  }));
  const first = error.issues[0]?.path.join('.') ?? '';
  if (surface === 'azure') {
    return openaiBadRequest(`Invalid or missing parameter: '${first}'.`, { param: first });
  }
  // vLLM repeats what pydantic found, first as text and then as a list.
  return vllmError(400, {
    message: `${fields.length} validation errors for request ${JSON.stringify(fields)}`,
    type: 'Bad Request',
  });
}

function tooFewTokens(surface: Surface, value: number): WireReply {
  const message = `max_tokens must be at least 1, got ${value}.`;
  return surface === 'azure'
    ? openaiBadRequest(message, { param: 'max_tokens', code: 'integer_below_min_value' })
    : vllmBadRequest(message, 'max_tokens');
}
