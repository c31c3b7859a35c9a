import type { Decoding } from '../../domain/model-spec.ts';
import { parseErrorBody } from './error-body.ts';
import type { Exchange } from './exchange.ts';

/** A parameter that a model does not take: left out, or sent under another name. */
interface Adaptation {
  readonly parameter: string;
  readonly renamed: string | null;
}

/** What models were found to reject, so that each rejection is paid for once. */
export interface Adaptations {
  apply(model: string, decoding: Decoding): AdaptedDecoding;
  /** Learns from the refusal of what was sent; false where it names nothing that could be changed. */
  learn(model: string, sent: Decoding, exchange: Exchange): boolean;
}

export interface AdaptedDecoding {
  readonly decoding: Decoding;
  /** A sentence for each change. */
  readonly changes: readonly string[];
}

/** Reasoning models (o*, gpt-5*) reject sampling parameters with these codes. */
const REJECTED = new Set(['unsupported_parameter', 'unsupported_value']);

export function createAdaptations(): Adaptations {
  const known = new Map<string, Adaptation[]>();

  function apply(model: string, decoding: Decoding): AdaptedDecoding {
    return (known.get(model) ?? []).reduce<AdaptedDecoding>(adapt, { decoding, changes: [] });
  }

  return {
    apply,
    learn(model, sent, exchange) {
      const found = rejection(exchange);
      if (found === null || !Object.hasOwn(sent, found.parameter)) return false;
      // Calls that were under way together are rejected together.
      const before = known.get(model) ?? [];
      const isNew = before.every(({ parameter }) => parameter !== found.parameter);
      if (isNew) known.set(model, [...before, found]);
      return true;
    },
  };
}

function adapt(
  { decoding, changes }: AdaptedDecoding,
  { parameter, renamed }: Adaptation,
): AdaptedDecoding {
  const { [parameter]: value, ...rest } = decoding;
  if (value === undefined) return { decoding, changes };
  return renamed === null || renamed in rest
    ? {
        decoding: rest,
        changes: [
          ...changes,
          `${parameter} ${JSON.stringify(value)} was left out: the model rejects it`,
        ],
      }
    : {
        decoding: { ...rest, [renamed]: value },
        changes: [...changes, `${parameter} was sent as ${renamed}, which the model wants`],
      };
}

function rejection(exchange: Exchange): Adaptation | null {
  if (exchange.kind !== 'reply' || exchange.status !== 400) return null;
  const { code, param, message } = parseErrorBody(exchange.status, exchange.bodyText);
  if (code === null || !REJECTED.has(code)) return null;
  const parameter = param ?? /'([A-Za-z_]+)'/.exec(message)?.[1];
  if (parameter === undefined) return null;
  const instead = /Use '([A-Za-z_]+)' instead/i.exec(message)?.[1];
  return { parameter, renamed: instead ?? null };
}
