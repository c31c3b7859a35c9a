import {
  type ItemLabels,
  type JudgmentOutcome,
  type JudgmentPlace,
  MISSING_REASONS,
  type MissingReason,
} from '../../ports/run-archive.ts';
import { missingReason } from '../../series/names/missing-reason.ts';
import { Shortlist } from '../words/shortlist.ts';

/** Why an example is shown. */
export const EXAMPLE_RULES = [
  'highest',
  'lowest',
  'disagreed',
  'conflicting',
  'lenient',
  'missing',
] as const;
export type ExampleRule = (typeof EXAMPLE_RULES)[number];

/** An example by the places of its judgments; `disagreed` has two, the higher rating first. */
export interface PickedExample {
  readonly rule: ExampleRule;
  /** Set where nothing was rated. */
  readonly reason: MissingReason | null;
  readonly places: readonly JudgmentPlace[];
}

/** Most examples by rule, shared among the runs of a report: 200 in all. */
const EXAMPLE_LIMITS = {
  highest: 60,
  lowest: 60,
  disagreed: 20,
  conflicting: 10,
  lenient: 10,
  missing: 40,
} as const satisfies Record<ExampleRule, number>;

/** No more than this many of one model and culture. */
const PER_GROUP = 3;
/** Ratings nearer than this are no disagreement worth reading. */
const DISAGREEMENT = 1;

/**
 * Chooses examples by rule, in one pass over a run's judgments in the order of the plan:
 * the highest and lowest rated of every model and culture, the questions whose judges or trials
 * disagreed most, verdicts that were read leniently or held two ratings, and every reason for which
 * a rating is missing. Ties go by a fixed shuffle, so that they are not always the first questions.
 */
export function pickExamples(
  outcomes: Iterable<JudgmentOutcome>,
  items: ReadonlyMap<number, ItemLabels>,
  { models, runs }: { readonly models: number; readonly runs: number },
): PickedExample[] {
  const cultures = new Set([...items.values()].map(({ culture }) => culture)).size;
  const share = (rule: ExampleRule) => Math.max(1, Math.floor(EXAMPLE_LIMITS[rule] / runs));
  const groups = Math.max(1, models * cultures);
  const perGroup = Math.max(1, Math.min(PER_GROUP, Math.floor(share('highest') / groups)));
  const perReason = Math.max(1, Math.floor(share('missing') / MISSING_REASONS.length));
  const lists = {
    highest: new Map<string, Shortlist<JudgmentOutcome>>(),
    lowest: new Map<string, Shortlist<JudgmentOutcome>>(),
    missing: new Map<string, Shortlist<JudgmentOutcome>>(),
  };
  const conflicting = new Shortlist<JudgmentOutcome>(share('conflicting'));
  const lenient = new Shortlist<JudgmentOutcome>(share('lenient'));
  const disagreement = new DisagreementWatch(share('disagreed'));
  for (const outcome of outcomes) {
    const tie = shuffle(outcome);
    const { rating } = outcome;
    if (rating === null) {
      listFor(lists.missing, missingReason(outcome), perReason).offer(0, tie, outcome);
      continue;
    }
    const group = `${outcome.model}/${items.get(outcome.item)?.culture}`;
    listFor(lists.highest, group, perGroup).offer(rating, tie, outcome, outcome.item);
    listFor(lists.lowest, group, perGroup).offer(-rating, tie, outcome, outcome.item);
    if (outcome.conflicting) conflicting.offer(0, tie, outcome);
    if (outcome.parse === 'lenient') lenient.offer(0, tie, outcome);
    disagreement.see(outcome, rating);
  }
  return [
    ...single('highest', roundRobin(lists.highest, share('highest'))),
    ...single('lowest', roundRobin(lists.lowest, share('lowest'))),
    ...disagreement.end().map((pair) => ({
      rule: 'disagreed' as const,
      reason: null,
      places: pair.map(placeOf),
    })),
    ...single('conflicting', conflicting.best()),
    ...single('lenient', lenient.best()),
    ...MISSING_REASONS.flatMap((reason) =>
      (lists.missing.get(reason)?.best() ?? []).map((outcome) => ({
        rule: 'missing' as const,
        reason,
        places: [placeOf(outcome)],
      })),
    ),
  ];
}

function single(rule: ExampleRule, outcomes: readonly JudgmentOutcome[]): PickedExample[] {
  return outcomes.map((outcome) => ({ rule, reason: null, places: [placeOf(outcome)] }));
}

function placeOf({ response, judge, trial }: JudgmentOutcome): JudgmentPlace {
  return { response, judge, trial };
}

function listFor(
  lists: Map<string, Shortlist<JudgmentOutcome>>,
  key: string,
  size: number,
): Shortlist<JudgmentOutcome> {
  const list = lists.get(key) ?? new Shortlist<JudgmentOutcome>(size);
  lists.set(key, list);
  return list;
}

/** The first of every group, then the second of every group, until the limit. */
function roundRobin(
  lists: ReadonlyMap<string, Shortlist<JudgmentOutcome>>,
  limit: number,
): JudgmentOutcome[] {
  const ranked = [...lists.values()].map((list) => list.best());
  const rounds = Math.max(0, ...ranked.map((list) => list.length));
  return Array.from({ length: rounds }, (_, round) => ranked.flatMap((list) => list[round] ?? []))
    .flat()
    .slice(0, limit);
}

/** A fixed order that has nothing to do with the plan's (Knuth's multiplicative hash). */
function shuffle({ response, judge, trial }: JudgmentOutcome): number {
  return Math.imul(response * 31 + judge * 7 + trial, 0x9e37_79b1) >>> 0;
}

interface Extremes {
  readonly key: string;
  low: JudgmentOutcome;
  high: JudgmentOutcome;
  lowest: number;
  highest: number;
}

/** Keeps the questions that one model answered in one style and that got the most distant ratings. */
class DisagreementWatch {
  readonly #pairs: Shortlist<readonly [JudgmentOutcome, JudgmentOutcome]>;
  #current: Extremes | null = null;

  constructor(size: number) {
    this.#pairs = new Shortlist(size);
  }

  see(outcome: JudgmentOutcome, rating: number): void {
    const key = `${outcome.item}/${outcome.model}/${outcome.style}`;
    const current = this.#current;
    if (current?.key !== key) {
      this.#close();
      this.#current = { key, low: outcome, high: outcome, lowest: rating, highest: rating };
      return;
    }
    if (rating < current.lowest) {
      current.lowest = rating;
      current.low = outcome;
    }
    if (rating > current.highest) {
      current.highest = rating;
      current.high = outcome;
    }
  }

  end(): readonly (readonly [JudgmentOutcome, JudgmentOutcome])[] {
    this.#close();
    return this.#pairs.best();
  }

  #close(): void {
    if (this.#current === null) return;
    const { high, low, highest, lowest } = this.#current;
    if (highest - lowest >= DISAGREEMENT)
      this.#pairs.offer(highest - lowest, shuffle(high), [high, low]);
  }
}
