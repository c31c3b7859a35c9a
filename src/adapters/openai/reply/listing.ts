import { z } from 'zod';
import type { AttemptOutcome, ModelListing } from '../../../ports/chat-model.ts';
import { parseErrorBody, parseJson } from '../failure/error-body.ts';
import type { Redactor } from '../failure/redact.ts';
import type { Exchange, Target } from './exchange.ts';
import { classify, redactError } from './outcome.ts';

const listSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** Reads what `GET /models` came to. `now` is in epoch ms. */
export function readListing(exchange: Exchange, target: Target, now: number): ModelListing {
  if (exchange.kind === 'reply' && exchange.status === 200) {
    const list = listSchema.safeParse(parseJson(exchange.bodyText));
    if (list.success) return { kind: 'models', names: list.data.data.map(({ id }) => id) };
  }
  if (exchange.kind === 'reply' && [404, 405, 501].includes(exchange.status)) {
    const { message } = parseErrorBody(exchange.status, exchange.bodyText);
    return { kind: 'unlisted', reason: `${target.url} has no list of models: ${message}` };
  }
  return fromOutcome(classify(exchange, target, now), target);
}

function fromOutcome(outcome: AttemptOutcome, target: Target): ModelListing {
  if ('error' in outcome) return { kind: 'unreachable', error: outcome.error };
  return { kind: 'unlisted', reason: `${target.url} answers GET /models with something else` };
}

/**
 * One listing for all replicas: the models that each of those that answered serves, because a call
 * may go to any. Without an answer the first replica's trouble stands for all.
 */
export function combineListings(listings: readonly ModelListing[]): ModelListing {
  const named = listings.flatMap((listing) => (listing.kind === 'models' ? [listing.names] : []));
  const [first, ...others] = named;
  if (first !== undefined) {
    return { kind: 'models', names: first.filter((name) => others.every((o) => o.includes(name))) };
  }
  return listings[0] ?? { kind: 'unlisted', reason: 'the endpoint has no base URL' };
}

export function redactListing(listing: ModelListing, redactor: Redactor): ModelListing {
  switch (listing.kind) {
    case 'models':
      return listing;
    case 'unlisted':
      return { ...listing, reason: redactor.redact(listing.reason) };
    case 'unreachable':
      return { ...listing, error: redactError(listing.error, redactor) };
    default:
      return listing satisfies never;
  }
}
