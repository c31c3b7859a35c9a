import type { BatchProgress, TrackedBatch } from '../../domain/batch.ts';
import { counted } from '../../domain/counted.ts';

const WORDS: Readonly<Record<BatchProgress, string>> = {
  prepared: 'to be uploaded',
  uploading: 'upload unconfirmed',
  uploaded: 'uploaded, to be submitted',
  submitting: 'submission unconfirmed',
  submitted: 'submitted',
  ended: 'ended, results to be downloaded',
  downloaded: 'results downloaded',
  read: 'read, files to be deleted',
  cleaned: 'done',
  abandoned: 'abandoned',
};

/** A batch in one line: `3f2a91c04b7d gpu gpt-4.1-batch: 500 judgments, in_progress (120 of 500)`. */
export function batchLine(batch: TrackedBatch): string {
  const { id, endpoint, model, requests, wave, transport, state, facts } = batch;
  const noun = wave === 'answers' ? 'answer' : 'judgment';
  const where = transport === 'files' ? 'exported, to be imported' : progressOf(batch);
  const why = facts.reason && state !== 'cleaned' ? `: ${facts.reason}` : '';
  return `${id} ${endpoint} ${model}: ${counted(requests, noun)}, ${where}${why}`;
}

function progressOf({ state, facts }: TrackedBatch): string {
  if (state !== 'submitted') return WORDS[state];
  const { status = 'submitted', counts } = facts;
  const done = counts?.completed ?? null;
  const total = counts?.total ?? null;
  return done === null || total === null ? status : `${status} (${done} of ${total})`;
}
