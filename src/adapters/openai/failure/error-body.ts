import { z } from 'zod';

/** What an error body says, whichever shape it came in. */
export interface ErrorBody {
  /** A sentence for a person; made up from the status where the body says nothing. */
  readonly message: string;
  readonly code: string | null;
  /** The class of the error, which some servers name here and not in `code`. */
  readonly type: string | null;
  readonly param: string | null;
  /** Set when a content filter refused the prompt. */
  readonly filteredCategories: readonly string[] | null;
}

/** Messages are searched for what they mean, which must not take long for a body of megabytes. */
const LONGEST_MESSAGE = 8192;
const LONGEST_NAME = 200;

const textSchema = z.string().catch('');
const codeSchema = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);
const innerSchema = z
  .looseObject({
    code: z.unknown(),
    content_filter_result: z.unknown(),
    content_filter_results: z.unknown(),
  })
  .partial()
  .optional()
  .catch(undefined);
const errorSchema = z.looseObject({
  message: textSchema,
  code: codeSchema,
  type: z.string().nullable().catch(null),
  param: z.string().nullable().catch(null),
  innererror: innerSchema,
  inner_error: innerSchema,
});
type ErrorObject = z.infer<typeof errorSchema>;
const verdictSchema = z.looseObject({
  filtered: z.boolean().catch(false),
  severity: z.string().optional().catch(undefined),
});

/**
 * Parses `{"error": {…}}`, `{"error": "…"}`, vLLM's flat `{"object": "error", …}`, FastAPI's
 * `{"detail": …}`, Azure's `{"statusCode": …, "message": …}`, HTML and plain text.
 */
export function parseErrorBody(status: number, bodyText: string): ErrorBody {
  const body = parseJson(bodyText);
  if (body === undefined) return bare(plainText(status, bodyText));
  const found = errorObject(body);
  if (typeof found === 'string') return bare(found === '' ? plainText(status, bodyText) : found);
  return {
    ...bare(found.message === '' ? plainText(status, bodyText) : found.message),
    code: found.code?.slice(0, LONGEST_NAME) ?? null,
    type: found.type?.slice(0, LONGEST_NAME) ?? null,
    param: found.param?.slice(0, LONGEST_NAME) ?? null,
    filteredCategories: promptFilter(found),
  };
}

/** The JSON value of a text; undefined where it is none (JSON itself has no undefined). */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function isHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html|head|body)\b/i.test(text);
}

/** Names of the categories that fired, `violence (medium)`; empty for anything else. */
export function firedCategories(results: unknown): string[] {
  const record = z.record(z.string(), z.unknown()).safeParse(results);
  if (!record.success) return [];
  return Object.entries(record.data).flatMap(([name, value]) => {
    const verdict = verdictSchema.safeParse(value);
    if (!(verdict.success && verdict.data.filtered)) return [];
    return [verdict.data.severity === undefined ? name : `${name} (${verdict.data.severity})`];
  });
}

function bare(message: string): ErrorBody {
  return {
    message: message.slice(0, LONGEST_MESSAGE),
    code: null,
    type: null,
    param: null,
    filteredCategories: null,
  };
}

function errorObject(body: unknown): ErrorObject | string {
  const shape = z
    .looseObject({ error: z.unknown(), detail: z.unknown(), statusCode: codeSchema })
    .partial()
    .safeParse(body);
  if (!shape.success) return '';
  const { error, detail, statusCode } = shape.data;
  if (typeof error === 'string') return error;
  if (detail !== undefined) return typeof detail === 'string' ? detail : asJson(detail);
  const parsed = errorSchema.safeParse(error ?? body);
  if (!parsed.success) return '';
  return { ...parsed.data, code: parsed.data.code ?? statusCode ?? null };
}

/** Written by recursion, so a value can be nested too deeply for it, though not for the parser. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return 'a detail that is nested too deeply to be shown';
    throw error;
  }
}

/** Azure spells the inner error in two ways and its results in two more, or leaves both out. */
function promptFilter(error: ErrorObject): string[] | null {
  const inner = error.innererror ?? error.inner_error;
  const blocked = error.code === 'content_filter' || inner?.code === 'ResponsibleAIPolicyViolation';
  if (!blocked) return null;
  return firedCategories(inner?.content_filter_result ?? inner?.content_filter_results);
}

function plainText(status: number, bodyText: string): string {
  if (isHtml(bodyText)) {
    const head = bodyText.slice(0, LONGEST_MESSAGE);
    const title = /<title[^>]*>([^<]*)</i.exec(head)?.[1]?.trim();
    return `HTTP ${status} with an HTML page${title ? `: ${title}` : ''}`;
  }
  const text = bodyText.trim();
  return text === '' ? `HTTP ${status} with an empty body` : text;
}
