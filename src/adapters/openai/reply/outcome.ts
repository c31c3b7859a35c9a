import type { CallError } from '../../../domain/call.ts';
import type { AttemptOutcome, ChatReply } from '../../../ports/chat-model.ts';
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
  if (!succeeded) return classifyError(exchange, target, now);
  const outcome = readReply(exchange, target, now);
  const { encodingNote } = exchange;
  if (outcome.kind !== 'reply' || encodingNote === undefined) return outcome;
  const { reply } = outcome;
  return { ...outcome, reply: { ...reply, notes: [...reply.notes, encodingNote] } };
}

/** Kept with a reply that repeated what it was sent: its text is then not what the model wrote. */
const KEY_IN_REPLY = 'the reply repeated the key of its endpoint, which was taken out';

/** Takes keys and tokens out of everything, and cuts long messages. */
export function redactOutcome(outcome: AttemptOutcome, redactor: Redactor): AttemptOutcome {
  const { redact } = redactor;
  switch (outcome.kind) {
    case 'reply':
      return { ...outcome, reply: redactReply(outcome.reply, redactor) };
    case 'filtered': {
      const { filter, text, servedModel } = outcome;
      const categories = filter.categories.map(redact);
      const clean = cleaner(redactor);
      return {
        ...outcome,
        filter: { ...filter, categories },
        text: clean.answer(text),
        servedModel: clean.name(servedModel),
      };
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

function redactReply(reply: ChatReply, redactor: Redactor): ChatReply {
  const clean = cleaner(redactor);
  const texts = {
    content: clean.answer(reply.content),
    reasoning: clean.answer(reply.reasoning),
    finishReason: clean.name(reply.finishReason),
    servedModel: clean.name(reply.servedModel),
    systemFingerprint: clean.name(reply.systemFingerprint),
  };
  const notes = reply.notes.map(redactor.redact);
  return {
    ...reply,
    ...texts,
    notes: clean.changed() ? [...notes, KEY_IN_REPLY] : notes,
    adaptations: reply.adaptations.map(redactor.redact),
  };
}

/** Redacts, and knows whether there was anything to redact. */
function cleaner({ redact, redactAnswer }: Redactor) {
  let changed = false;
  const noting = (clean: (text: string) => string) => (text: string | null) => {
    if (text === null) return null;
    const left = clean(text);
    changed ||= left !== text;
    return left;
  };
  return { answer: noting(redactAnswer), name: noting(redact), changed: () => changed };
}

export function redactError(error: CallError, { redact }: Redactor): CallError {
  const message = redact(error.message);
  const cut = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
  return { ...error, message: cut, code: error.code === null ? null : redact(error.code) };
}
