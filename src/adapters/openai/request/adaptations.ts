import type { Json } from '../../../domain/json.ts';
import type { Decoding } from '../../../domain/model-spec.ts';
import { parseErrorBody } from '../failure/error-body.ts';
import type { Exchange } from '../reply/exchange.ts';

/** A parameter that a model does not take: left out, sent under another name, or made smaller. */
interface Adaptation {
  readonly parameter: string;
  readonly renamed: string | null;
  /** The most that the server takes. */
  readonly most?: number;
}

/** What models were found to reject, so that each rejection is paid for once. */
export interface Adaptations {
  apply(model: string, decoding: Decoding): AdaptedDecoding;
  /** Learns from the refusal of what was sent; false where it names nothing that could be changed. */
  learn(model: string, sent: Decoding, exchange: Exchange): boolean;
}

interface AdaptedDecoding {
  readonly decoding: Decoding;
  /** A sentence for each change. */
  readonly changes: readonly string[];
}

/** Reasoning models (o*, gpt-5*) reject sampling parameters with these codes. */
const REJECTED = new Set(['unsupported_parameter', 'unsupported_value']);

/** What servers refuse without such a code, and a judge can do without. */
const DISPENSABLE = [
  'response_format',
  'structured_outputs',
  'guided_json',
  'top_logprobs',
  'logprobs',
];
const REFUSAL =
  /not (?:supported|support|allowed|permitted|available)|unsupported|unrecognized|enabled only|invalid parameter|not enabled|extra_forbidden/i;
/** vLLM's `--max-logprobs`, as it words it since 0.6 and before. */
const TOO_MANY_LOGPROBS = /logprobs.*greater than max allowed: (\d+)|more than (\d+) logprobs/is;

export function createAdaptations(): Adaptations {
  const known = new Map<string, Adaptation[]>();

  function apply(model: string, decoding: Decoding): AdaptedDecoding {
    return (known.get(model) ?? []).reduce<AdaptedDecoding>(adapt, { decoding, changes: [] });
  }

  return {
    apply,
    learn(model, sent, exchange) {
      const found = rejections(sent, exchange);
      // Calls that were under way together are rejected together.
      const before = known.get(model) ?? [];
      const fresh = found.filter((one) => !before.some((other) => isSame(one, other)));
      if (fresh.length > 0) known.set(model, [...before, ...fresh]);
      return found.length > 0;
    },
  };
}

function adapt(
  { decoding, changes }: AdaptedDecoding,
  { parameter, renamed, most }: Adaptation,
): AdaptedDecoding {
  const { [parameter]: value, ...rest } = decoding;
  if (value === undefined) return { decoding, changes };
  if (most !== undefined) {
    if (typeof value !== 'number' || value <= most) return { decoding, changes };
    const change = `${parameter} ${value} was sent as ${most}, the most that the server takes`;
    return { decoding: { ...decoding, [parameter]: most }, changes: [...changes, change] };
  }
  return renamed === null || renamed in rest
    ? {
        decoding: rest,
        changes: [...changes, `${parameter}${brief(value)} was left out: the model rejects it`],
      }
    : {
        decoding: { ...rest, [renamed]: value },
        changes: [...changes, `${parameter} was sent as ${renamed}, which the model wants`],
      };
}

/** A value that fits into a sentence. */
function brief(value: Json): string {
  return typeof value === 'object' ? '' : ` ${JSON.stringify(value)}`;
}

function isSame(a: Adaptation, b: Adaptation): boolean {
  return a.parameter === b.parameter && a.most === b.most;
}

/** What to change of what was sent; empty where the refusal is about something else. */
function rejections(sent: Decoding, exchange: Exchange): Adaptation[] {
  if (exchange.kind !== 'reply' || exchange.status !== 400) return [];
  const refusal = parseErrorBody(exchange.status, exchange.bodyText);
  const found = coded(refusal) ?? fewerLogprobs(sent, refusal) ?? dispensable(sent, refusal);
  if (found === null || !Object.hasOwn(sent, found.parameter)) return [];
  // Neither of the two is taken without the other.
  const both = found.most === undefined && found.parameter.endsWith('logprobs');
  return both
    ? LOGPROBS.flatMap((parameter) =>
        Object.hasOwn(sent, parameter) ? { parameter, renamed: null } : [],
      )
    : [found];
}

const LOGPROBS = ['logprobs', 'top_logprobs'];

type Refusal = ReturnType<typeof parseErrorBody>;

function coded({ code, param, message }: Refusal): Adaptation | null {
  if (code === null || !REJECTED.has(code)) return null;
  const parameter = param ?? /'([A-Za-z_]+)'/.exec(message)?.[1];
  if (parameter === undefined) return null;
  const instead = /Use '([A-Za-z_]+)' instead/i.exec(message)?.[1];
  return { parameter, renamed: instead ?? null };
}

function fewerLogprobs(sent: Decoding, { message }: Refusal): Adaptation | null {
  const [, later, earlier] = TOO_MANY_LOGPROBS.exec(message) ?? [];
  const most = Number(later ?? earlier);
  // The chat API counts in one field and switches in the other.
  const parameter = Object.hasOwn(sent, 'top_logprobs') ? 'top_logprobs' : 'logprobs';
  const asked = sent[parameter];
  if (!(most > 0) || typeof asked !== 'number' || asked <= most) return null;
  return { parameter, renamed: null, most };
}

function dispensable(sent: Decoding, { param, message }: Refusal): Adaptation | null {
  const [named] = param?.split('.') ?? [];
  const parameter = DISPENSABLE.find(
    (name) => Object.hasOwn(sent, name) && (named === name || message.includes(name)),
  );
  if (parameter === undefined) return null;
  return named === parameter || REFUSAL.test(message) ? { parameter, renamed: null } : null;
}
