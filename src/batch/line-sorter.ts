import type { BatchedCall, BatchFacts, TrackedBatch } from '../domain/batch.ts';
import type { CallError } from '../domain/call.ts';
import type { ReadLine } from '../ports/batch-endpoint.ts';
import type { LineFate, LineResult } from '../ports/batch-store.ts';
import type { EndedCall } from '../ports/chat-model.ts';
import { lineResult } from './line-result.ts';
import { type BatchWorks, lineOf } from './works.ts';

const CHUNK = 500;
/** Batches in which a call may meet an error of the server before that is recorded. */
const MOST_RETRIES = 3;
/** Lines refused in the same words, with no success, that blame the setting. */
const FEWEST_REFUSALS = 3;

type Answered = Extract<ReadLine, { kind: 'answered' }>;
export type Refusal = NonNullable<BatchFacts['refusal']>;

/** Lines that no call can be found for. */
export interface Oddities {
  readonly doubled: string[];
  readonly unknown: string[];
  unreadable: number;
}

export interface LineSorter {
  readonly oddities: Oddities;
  take(text: string): void;
  /** Stores what is still held. */
  end(): void;
  /** What all lines were refused with; null where that was not so. */
  refusedByAll(): { readonly count: number; readonly message: string } | null;
  /** The refusal from which the endpoint learned how the model wants to be asked. */
  refusal(): Refusal | null;
}

/** Sorts the lines of a batch as online attempts are sorted, and stores them a chunk at a time. */
export function createLineSorter(batch: TrackedBatch, works: BatchWorks): LineSorter {
  const { endpoint } = lineOf(works, batch);
  const seen = new Set<string>();
  const oddities: Oddities = { doubled: [], unknown: [], unreadable: 0 };
  const results = createResults(batch, works);
  let refusal: Refusal | null = null;
  let refused: { readonly count: number; readonly message: string } | null = null;

  function takeAnswered(call: BatchedCall, { outcome, refusal: body }: Answered): void {
    const failure = (error: CallError) => lineResult(call, failed(error), { batch, works });
    switch (outcome.kind) {
      case 'reply':
      case 'filtered':
        results.succeed(lineResult(call, outcome, { batch, works }));
        return;
      case 'stale-socket':
      case 'retryable':
        if (works.store.retries(call.key) + 1 < MOST_RETRIES) results.leave(call, 'retryable');
        else results.keep(failure(outcome.error));
        return;
      case 'fatal':
        refused ??= { count: batch.requests, message: outcome.error.message };
        results.leave(call, 'refused');
        return;
      case 'terminal':
        if (body !== null && learns(call, body)) {
          refusal ??= { role: call.role, position: call.position, ...body };
          results.leave(call, 'adapted');
        } else if (outcome.error.kind === 'bad-request') {
          results.hold(failure(outcome.error), outcome.error);
        } else results.keep(failure(outcome.error));
        return;
      default:
        outcome satisfies never;
    }
  }

  function learns({ role, position }: BatchedCall, body: { status: number; body: string }) {
    const asked = (role === 'response' ? works.program.models : works.program.judges)[position];
    if (!asked?.spec.model) return false;
    const { spec, strictParams } = asked;
    return endpoint.learn({ model: asked.spec.model, decoding: spec.decoding, strictParams }, body);
  }

  return {
    oddities,
    take: (text) => {
      const line = endpoint.readLine(text, batch.model);
      if (line.kind === 'unreadable') {
        oddities.unreadable += 1;
        return;
      }
      const { customId } = line;
      const call = works.store.call(batch.id, customId);
      if (call === null) oddities.unknown.push(customId);
      else if (seen.has(customId)) oddities.doubled.push(customId);
      else if (line.kind === 'answered') takeAnswered(call, line);
      else results.leave(call, line.because);
      seen.add(customId);
    },
    end: () => {
      refused ??= results.end();
    },
    refusedByAll: () => refused,
    refusal: () => refusal,
  };
}

/** What goes into the store. Refusals are held until anything shows that the setting is right. */
function createResults(batch: TrackedBatch, works: BatchWorks) {
  let chunk: LineResult[] = [];
  let held: { readonly result: LineResult; readonly error: CallError }[] = [];
  let successes = works.store.fates(batch.id).get('stored') ?? 0;
  const flush = () => {
    if (chunk.length > 0) works.onStored(works.store.record(batch.id, chunk));
    chunk = [];
  };
  const keep = (result: LineResult) => {
    chunk.push(result);
    if (chunk.length >= CHUNK) flush();
  };
  const release = () => {
    for (const { result } of held.splice(0)) keep(result);
  };
  const leave = (call: Pick<BatchedCall, 'key' | 'role' | 'position'>, fate: LineFate) =>
    keep({
      key: call.key,
      role: call.role,
      position: call.position,
      fate,
      usage: null,
      ended: null,
    });
  return {
    keep,
    leave,
    succeed: (result: LineResult) => {
      successes += 1;
      release();
      keep(result);
    },
    hold: (result: LineResult, error: CallError) => {
      if (successes > 0) keep(result);
      else held.push({ result, error });
    },
    end: () => {
      const words = new Set(held.map(({ error }) => wordsOf(error)));
      const [first] = held;
      const all = first && successes === 0 && words.size === 1 && held.length >= FEWEST_REFUSALS;
      const refused = all ? { count: held.length, message: first.error.message } : null;
      if (refused !== null) {
        for (const { result } of held) leave(result, 'refused');
        held = [];
      }
      release();
      flush();
      return refused;
    },
  };
}

function failed(error: CallError): EndedCall {
  return { kind: 'failed', error };
}

/** What refusals for one reason share: not numbers, nor what is quoted of the request. */
function wordsOf({ status, code, message }: CallError): string {
  const words = message.replace(/\d+|"[^"]*"|'[^']*'|`[^`]*`/g, '').slice(0, 120);
  return `${status} ${code} ${words}`;
}
