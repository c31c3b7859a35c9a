import { z } from 'zod';
import { openaiBadRequest, vllmBadRequest } from '../faults/error-replies.ts';
import { hash32 } from '../minds/draws.ts';
import { embedText } from '../minds/embedding.ts';
import { CREATED } from './completions.ts';
import type { Route } from './routes.ts';
import { countTokens } from './tokens.ts';
import { jsonReply, type WireReply } from './wire-reply.ts';

const DEFAULT_DIMENSIONS = 256;
const MOST_DIMENSIONS = 4096;

const requestSchema = z.looseObject({
  model: z.string().nullish(),
  input: z.union([z.string(), z.array(z.string()).min(1)]),
  // The openai client asks for base64 where its user asks for nothing.
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).max(MOST_DIMENSIONS).nullish(),
});

/** POST /v1/embeddings, in the manner of the route's surface. The same text has the same vector always. */
export function embeddingsReply(
  raw: Buffer,
  route: Route,
  models: readonly string[] | undefined,
): WireReply {
  const parsed = requestSchema.safeParse(parseJson(raw));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refusal(route, `Invalid embeddings request: ${issue?.path.join('.')} ${issue?.message}`);
  }
  const { input, encoding_format, dimensions } = parsed.data;
  const model = route.deployment ?? parsed.data.model ?? 'simulated';
  if (models !== undefined && !models.includes(model))
    return refusal(route, `The model \`${model}\` does not exist.`);
  const texts = typeof input === 'string' ? [input] : input;
  if (texts.some((text) => text === '')) return refusal(route, 'The input cannot be empty.');
  const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
  return jsonReply(200, {
    ...(route.surface === 'vllm'
      ? { id: `embd-${hash32(texts.join('\0')).toString(16)}`, created: CREATED }
      : {}),
    object: 'list',
    model: `simulated:${model}`,
    data: texts.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: encoded(
        embedText(text, dimensions ?? DEFAULT_DIMENSIONS),
        encoding_format === 'base64',
      ),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

/** Little-endian 32-bit floats, as both servers send them. */
function encoded(vector: Float32Array, base64: boolean): string | number[] {
  if (!base64) return [...vector];
  const bytes = Buffer.alloc(4 * vector.length);
  vector.forEach((value, at) => {
    bytes.writeFloatLE(value, 4 * at);
  });
  return bytes.toString('base64');
}

function refusal({ surface }: Route, message: string): WireReply {
  return surface === 'azure' ? openaiBadRequest(message) : vllmBadRequest(message);
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    // Refused as a body without input.
    return null;
  }
}
