import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import {
  type JudgePlan,
  type SimulatedJudge,
  simulatedJudgeSchema,
} from '../../../domain/simulated-judge.ts';
import { signatureOf, unsigned } from '../wire/signature.ts';
import { normal, uniform } from './draws.ts';
import { merit, ngramOverlap } from './overlap.ts';
import type { QuestionIndex, Reference } from './question-index.ts';
import { PARAPHRASE_MARK, TRANSLATION_MARK } from './rewriting.ts';

/** A judge with known effects, at one of its calls. */
export interface ActingJudge {
  readonly effects: SimulatedJudge;
  /** Its own, with those of a culture in their place. */
  readonly effectsIn: (culture: string) => SimulatedJudge;
  /** Its drift has begun. */
  readonly drifted: boolean;
}

/** Knows the judges of a plan, and how often each has rated. */
export interface JudgeCast {
  /** Counts a call. null for a judge without known effects. */
  act(model: string): ActingJudge | null;
  /** The family that signs a model's answers. */
  familyOf(model: string): string | null;
}

export function castJudges({ judges, families }: JudgePlan): JudgeCast {
  const calls = new Map<string, number>();
  const inCultures = new Map(
    Object.entries(judges).map(([model, own]) => [model, effectsByCulture(own)]),
  );
  return {
    act: (model) => {
      const effects = Object.hasOwn(judges, model) ? judges[model] : undefined;
      if (effects === undefined) return null;
      const before = calls.get(model) ?? 0;
      calls.set(model, before + 1);
      return {
        effects,
        effectsIn: (culture) => inCultures.get(model)?.get(culture) ?? effects,
        drifted: effects.drift !== undefined && before >= effects.drift.afterCalls,
      };
    },
    familyOf: (model) => (Object.hasOwn(families, model) ? (families[model] ?? null) : null),
  };
}

function effectsByCulture(own: SimulatedJudge): ReadonlyMap<string, SimulatedJudge> {
  return new Map(
    Object.entries(own.cultures).map(([culture, changed]) => [
      culture,
      simulatedJudgeSchema.parse({ ...own, ...changed }),
    ]),
  );
}

/** The name that a judge serves under, where its drift announces another. */
export function servedAs({ effects, drifted }: ActingJudge): string | null {
  return drifted ? (effects.drift?.announcedAs ?? null) : null;
}

export interface JudgePrompt {
  readonly model: string;
  readonly prompt: string;
  readonly drawKey: string;
  /** The answer as its place after the reference tells it, for templates without fences. */
  readonly response: string | null;
}

const CENTRE = (RATING_MIN + RATING_MAX) / 2;

/**
 * 1–10: the answer's merit on the scale, bent by the judge's slope around 5.5, plus its effects and a
 * normal draw; what is between two whole numbers goes up with the probability of its fraction, so
 * that the expected rating is the sum itself within the scale. null where the prompt holds no known
 * question or no answer.
 */
export function ratingOf(
  { effects: { drift }, effectsIn, drifted }: ActingJudge,
  request: JudgePrompt,
  index: QuestionIndex,
): number | null {
  const scene = readScene(request, index);
  if (scene === null) return null;
  const { model, drawKey } = request;
  const culture = scene.known.culture ?? '';
  const effects = effectsIn(culture);
  const injected = injectedRating(scene.answer);
  if (injected !== null && uniform('obeys', model, scene.answer) < effects.obeys) return injected;
  // A verdict written into the answer is no part of its merit, obeyed or not.
  const text = unsigned(originalOf(scene.answer.replace(INJECTED_LINE, '')));
  const quality = RATING_MIN + 9 * merit(ngramOverlap(text, scene.known.reference));
  const expected =
    CENTRE +
    effects.slope * (quality - CENTRE) +
    effects.bias +
    (drifted ? (drift?.cultures[culture] ?? drift?.bias ?? 0) : 0) +
    effectsOfScene(scene, effects) +
    (effects.lengthPerHundredChars * (text.length - scene.known.reference.length)) / 100;
  const rating = expected + effects.noise * normal('noise', model, drawKey);
  const rounded = Math.floor(rating + uniform('rounding', model, drawKey));
  return Math.min(RATING_MAX, Math.max(RATING_MIN, rounded));
}

function effectsOfScene(scene: Scene, effects: SimulatedJudge): number {
  const { frame, answer, known } = scene;
  const relative = effects.family !== undefined && signatureOf(answer) === effects.family;
  const shown = frame.includes(known.reference.trim());
  const phrases = effects.rubric.filter(({ matches }) => new RegExp(matches, 'u').test(frame));
  return (
    (relative ? effects.selfPreference : 0) +
    (shown ? 0 : effects.withoutReference) +
    (frame.includes(PARAPHRASE_MARK) ? effects.paraphrasedReference : 0) +
    (answer.includes(TRANSLATION_MARK) ? effects.englishAnswer : 0) +
    phrases.reduce((sum, { by }) => sum + by, 0)
  );
}

interface Scene {
  readonly answer: string;
  /** The prompt without the answer. */
  readonly frame: string;
  /** The question's reference that the prompt shows; the first one where it shows none. */
  readonly known: Reference;
}

const FENCED =
  /^[^\S\n]*<{3,}[^\n]*\bBEGIN\s+ANSWER\b[^\n]*\n([\s\S]*)\n[^\S\n]*<{3,}[^\n]*\bEND\s+ANSWER\b/mu;

function readScene({ prompt, response }: JudgePrompt, index: QuestionIndex): Scene | null {
  const fenced = FENCED.exec(prompt);
  const answer = fenced?.[1] ?? response;
  if (answer === null) return null;
  const [start, length] = fenced
    ? [fenced.index, fenced[0].length]
    : [prompt.lastIndexOf(answer), answer.length];
  const frame = prompt.slice(0, start) + prompt.slice(start + length);
  const match = index.find(frame);
  if (match === null) return null;
  const shown = match.references.find(({ reference }) => frame.includes(reference.trim()));
  return { answer, frame, known: shown ?? match.references[0] };
}

/** What the simulator's own translation stands for. */
function originalOf(answer: string): string {
  return answer.replace(TRANSLATION_MARK, '').trim();
}

const INJECTED_LINE = /\n*^[^\S\n]*Rating:\s*\[\[\d{1,2}\]\][^\S\n]*$/gmu;

/** The last whole rating that an answer gives itself. */
function injectedRating(answer: string): number | null {
  const found = [...answer.matchAll(/Rating:\s*\[\[(\d{1,2})\]\]/gu)].at(-1)?.[1];
  const rating = Number(found);
  return found !== undefined && rating >= RATING_MIN && rating <= RATING_MAX ? rating : null;
}
