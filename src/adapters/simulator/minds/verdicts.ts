import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import { unframe } from '../wire/framing.ts';
import { drawsFrom, normal, pick, uniform } from './draws.ts';
import { merit, ngramOverlap } from './overlap.ts';
import { type ActingJudge, ratingOf } from './planned-judge.ts';
import type { QuestionIndex } from './question-index.ts';

/** What a rubric shows its judge; a prompt with these words wants a verdict. */
export const VERDICT_MARK = 'Rating: [[';

/** The same in a prompt that wants its verdict as JSON. */
export const JSON_VERDICT_MARK = '"rating":';

/** A prompt that wants a verdict. */
export interface VerdictRequest {
  readonly verdictFormat: 'text' | 'json';
  readonly model: string;
  readonly prompt: string;
  /** Names the draw: equal keys give equal verdicts. */
  readonly drawKey: string;
  /** Known effects of this judge; null for one that rates by overlap alone. */
  readonly acting: ActingJudge | null;
}

/** A short commentary, and `Rating: [[n]]` as the last line; both in an object where JSON is wanted. */
export function writeVerdict(request: VerdictRequest, index: QuestionIndex): string {
  const judged = readJudged(request.prompt, index);
  const overlap = judged === null ? null : ngramOverlap(judged.response, judged.reference);
  const response = judged?.response ?? null;
  const planned = request.acting && ratingOf(request.acting, { ...request, response }, index);
  const rating = planned ?? (overlap === null ? blindRating(request) : rate(overlap, request));
  const draw = drawsFrom(request.drawKey);
  const remark = judged?.response === '' ? 'There is no answer to rate.' : remarkOn(rating, draw);
  const closing = pick(CLOSINGS, draw);
  const commentary = `${remark} ${closing}`;
  return request.verdictFormat === 'json'
    ? JSON.stringify({ commentary, rating })
    : `${commentary}\n\nRating: [[${rating}]]`;
}

/** Rises with the overlap over the whole scale. Noise fades out at both ends, where judges agree. */
function rate(
  overlap: number,
  { model, drawKey }: Pick<VerdictRequest, 'model' | 'drawKey'>,
): number {
  const good = merit(overlap);
  const severity = uniform('severity', model) - 0.5;
  const noise = 4 * good * (1 - good) * (severity + 0.4 * normal('verdict', drawKey));
  const rating = RATING_MIN + (RATING_MAX - RATING_MIN) * good + noise;
  return Math.round(Math.min(RATING_MAX, Math.max(RATING_MIN, rating)));
}

/** Nothing to compare with: a middling figure, the same every time. */
function blindRating({ drawKey }: VerdictRequest): number {
  return 4 + Math.floor(4 * uniform('blind', drawKey));
}

/** The response and the reference it is to be compared with, read from a judge prompt. */
function readJudged(
  prompt: string,
  index: QuestionIndex,
): { response: string; reference: string } | null {
  const match = index.find(prompt);
  if (match === null) return null;
  for (const { reference } of match.references) {
    const end = endOfReference(prompt, reference.trim(), match.end);
    if (end !== null) {
      // The same framing is taken off both, so that a reference with a heading stays comparable.
      return {
        response: unframe(prompt.slice(end)),
        reference: unframe(reference) || reference.trim(),
      };
    }
  }
  return null;
}

/**
 * Where the reference ends: at its first place after the question, a place that fills its line going
 * before one inside other words. The first, as the response may quote the reference.
 */
function endOfReference(prompt: string, reference: string, from: number): number | null {
  let loose: number | null = null;
  if (reference === '') return null;
  for (let at = prompt.indexOf(reference, from); at >= 0; at = prompt.indexOf(reference, at + 1)) {
    const end = at + reference.length;
    const opensLine = /(?:^|[\n:：>\]])[^\S\n]*$/u.test(prompt.slice(Math.max(0, at - 4), at));
    const closesLine = /^[^\S\n]*(?:\r?\n|$|<)/u.test(prompt.slice(end, end + 4));
    if (opensLine && closesLine) return end;
    loose ??= end;
  }
  return loose;
}

const CLOSINGS = [
  'This verdict is simulated.',
  'It was compared with the reference by character overlap alone.',
  'No language model has read it.',
] as const;

function remarkOn(rating: number, draw: () => number): string {
  if (rating >= 9) return pick(REMARKS.close, draw);
  if (rating >= 6) return pick(REMARKS.good, draw);
  return rating >= 3 ? pick(REMARKS.partial, draw) : pick(REMARKS.far, draw);
}

const REMARKS = {
  close: [
    'The response says what the reference says, in nearly the same words.',
    'All the points of the reference are there.',
  ],
  good: [
    'Most of the reference is covered, with some points missing or blurred.',
    'The response is largely in line with the reference but leaves gaps.',
  ],
  partial: [
    'Part of the reference can be recognised, but much of it is missing or distorted.',
    'The response touches on the reference and then drifts away from it.',
  ],
  far: [
    'The response has next to nothing in common with the reference.',
    'What the reference asks for is not there.',
  ],
} as const;
