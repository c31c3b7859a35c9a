import type { CallError } from '../../../domain/call.ts';
import type { AttemptOutcome } from '../../../ports/chat-model.ts';
import { classifyError } from '../failure/errors.ts';
import { classifyFailure } from '../failure/failures.ts';
import type { Redactor } from '../failure/redact.ts';
import type { Exchange, Target } from './exchange.ts';
import { readReply } from './reply.ts';

/** A validation error can repeat the whole prompt; a table of missing figures wants a sentence. */
const LONGEST_MESSAGE = 1000;

/** Sorts what one request came to by what the caller can do about it. `now` is in epoch ms. */
export function classify(exchange: Exchange, target: Target, now: number): AttemptOutcome {
  if (exchange.kind === 'failure') return classifyFailure(exchange, target);
  const succeeded = exchange.status >= 200 && exchange.status < 300;
  return succeeded ? readReply(exchange, target, now) : classifyError(exchange, target, now);
}

/** Takes keys and tokens out of everything but the model's own text, and cuts long messages. */
export function redactOutcome(outcome: AttemptOutcome, redactor: Redactor): AttemptOutcome {
  const { redact } = redactor;
  switch (outcome.kind) {
    case 'reply': {
      const notes = outcome.reply.notes.map(redact);
      const adaptations = outcome.reply.adaptations.map(redact);
      return { ...outcome, reply: { ...outcome.reply, notes, adaptations } };
    }
    case 'filtered': {
      const categories = outcome.filter.categories.map(redact);
      return { ...outcome, filter: { ...outcome.filter, categories } };
    }
    case 'stale-socket':
    case 'retryable':
    case 'terminal':
    case 'fatal':
      return { ...outcome, error: redactError(outcome.error, redactor) };
    default:
      return outcome satisfies never;
  }
}

export function redactError(error: CallError, { redact }: Redactor): CallError {
  const message = redact(error.message);
  const cut = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
  return { ...error, message: cut, code: error.code === null ? null : redact(error.code) };
}
