import { OperatorError } from '../../domain/errors.ts';
import { answerKey } from '../../domain/human-rating.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { HumanRatedText } from '../../ports/human-ratings.ts';
import type { JudgmentOutcome, RunArchive, StoredRun } from '../../ports/run-archive.ts';
import { resolveRuns } from '../../series/names/resolve-run.ts';
import { simulationNotice } from '../../series/names/simulation.ts';
import { judgeKeyOf } from '../../series/scores/scored-series.ts';
import type { Exclusion, RatedQuestions } from './candidates.ts';
import { createQuestionBook, type MeanRating, type RunAnswer } from './question-book.ts';

export interface CandidateRequest {
  /** Run ids or their beginnings; empty takes the newest, and of human ratings all of the store. */
  readonly runs: readonly string[];
  readonly ratings: 'judge' | 'human';
  /** Needed where the runs have several judges. */
  readonly judge?: string | undefined;
  /** Needed where the runs have several prompting styles. */
  readonly style?: string | undefined;
}

/** Reads rated answers of runs, by question. Throws OperatorError where it is not clear which are meant. */
export function readCandidates(archive: RunArchive, request: CandidateRequest): RatedQuestions {
  return request.ratings === 'human' ? readHuman(archive, request) : readJudged(archive, request);
}

function readJudged(archive: RunArchive, request: CandidateRequest): RatedQuestions {
  const runs = resolveRuns(archive, request.runs).map((id) => archive.loadRun(id));
  const judge = chosenName(
    '--judge',
    runs.flatMap(({ definition }) => definition.judges.map(({ spec }) => spec.name)),
    request.judge,
  );
  refuseDifferentJudges(runs, judge);
  const style = chosenStyle(runs, request.style);
  const gathering = createGathering();
  for (const run of runs) {
    for (const answer of answersOf(archive, run, { judge, style })) {
      gathering.take(answer, meanOf(answer.ratings));
    }
  }
  return { ratings: 'judge', judge, ...gathering.result(runs) };
}

/** People rated texts: runs say which model gave them and whether they were cut. */
function readHuman(archive: RunArchive, request: CandidateRequest): RatedQuestions {
  if (request.judge !== undefined)
    throw new OperatorError('--judge goes with --ratings judge, not with human ratings.');
  const rated = humanTexts(archive);
  const everywhere = request.runs.length === 0;
  const ids = everywhere
    ? archive.listRuns().map(({ id }) => id)
    : resolveRuns(archive, request.runs);
  const runs = ids.map((id) => archive.loadRun(id));
  const style = everywhere ? request.style : chosenStyle(runs, request.style);
  const gathering = createGathering();
  const met = new Set<string>();
  for (const run of runs) {
    for (const answer of answersOf(archive, run, { judge: null, style })) {
      const key = keyOf(answer);
      gathering.take(answer, humanMean(rated.get(key)));
      met.add(key);
    }
  }
  if (everywhere && style === undefined)
    [...rated.values()].filter(({ key }) => !met.has(key)).forEach(gathering.takeOutside);
  return { ratings: 'human', judge: null, ...gathering.result(runs) };
}

function humanTexts(archive: RunArchive): ReadonlyMap<string, HumanRatedText> {
  const rated = new Map([...archive.humanRatings.ratedTexts()].map((one) => [one.key, one]));
  if (rated.size > 0) return rated;
  throw new OperatorError(
    `${archive.file}: has no human ratings. Import them with \`care-judge import ratings FILE\`.`,
  );
}

const keyOf = ({ item, text }: StoredAnswer) =>
  text === null ? '' : answerKey(item.question, text);

function humanMean(rated: HumanRatedText | undefined): MeanRating | null {
  return rated === undefined ? null : { rating: rated.rating, ratings: rated.raters };
}

function meanOf(ratings: readonly number[]): MeanRating | null {
  if (ratings.length === 0) return null;
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  return { rating: sum / ratings.length, ratings: ratings.length };
}

interface StoredAnswer extends Omit<RunAnswer, 'text'> {
  readonly text: string | null;
  readonly status: JudgmentOutcome['responseStatus'];
  readonly ratings: readonly number[];
}

/** Admits whole, rated answers, and counts why the others are none. */
function createGathering() {
  const book = createQuestionBook();
  const excluded: Record<Exclusion, number> = {
    ...{ truncated: 0, empty: 0, filtered: 0, failed: 0, pending: 0, unrated: 0 },
  };
  return {
    take({ text, status, ...answer }: StoredAnswer, mean: MeanRating | null): void {
      if (status !== 'completed') excluded[status] += 1;
      else if (text === null || text.trim() === '') excluded.empty += 1;
      else if (mean === null) excluded.unrated += 1;
      else book.add({ ...answer, text }, mean);
    },
    takeOutside: book.addOutside,
    result: (runs: readonly StoredRun[]) => ({
      runs: runs.map(({ definition }) => definition.id),
      questions: book.questions(),
      excluded,
      simulated: simulationNotice(runs),
    }),
  };
}

interface Wanted {
  /** Whose ratings; null for none. */
  readonly judge: string | null;
  readonly style: string | undefined;
}

/** A run's answers with the ratings of one judge, each answer once. */
function* answersOf(
  archive: RunArchive,
  { definition }: StoredRun,
  { judge, style }: Wanted,
): Generator<StoredAnswer> {
  const places = new Map<number, { readonly first: JudgmentOutcome; readonly ratings: number[] }>();
  for (const outcome of archive.outcomes(definition.id)) {
    if (style !== undefined && definition.styles[outcome.style]?.name !== style) continue;
    const place = places.get(outcome.response) ?? { first: outcome, ratings: [] };
    places.set(outcome.response, place);
    const own = definition.judges[outcome.judge]?.spec.name === judge;
    if (own && outcome.rating !== null) place.ratings.push(outcome.rating);
  }
  for (const { first, ratings } of places.values()) {
    const { item, answer } = archive.judgedAnswer(definition.id, first);
    const spec = definition.models[first.model]?.spec;
    if (spec === undefined) throw new Error(`no model ${first.model} in ${definition.id}`);
    yield {
      ...{ item, ratings, text: answer, status: first.responseStatus },
      model: modelLabel(spec),
      run: definition.id,
    };
  }
}

/** Different rubrics or decodings rate on different scales, which pairs must not mix. */
function refuseDifferentJudges(runs: readonly StoredRun[], name: string): void {
  const keys = runs.flatMap(({ definition }) =>
    definition.judges.flatMap(({ spec }, judge) =>
      spec.name === name ? [judgeKeyOf(definition, { model: 0, judge })] : [],
    ),
  );
  if (new Set(keys).size <= 1) return;
  const ids = runs.map(({ definition }) => definition.id).join(', ');
  throw new OperatorError(
    `the judge ${name} is not the same in all runs (${ids}): its model, decoding or rubrics differ, so their ratings cannot be mixed. Make pairs run by run.`,
  );
}

function chosenStyle(runs: readonly StoredRun[], wanted: string | undefined): string {
  const names = runs.flatMap(({ definition }) => definition.styles.map(({ name }) => name));
  return chosenName('--style', names, wanted);
}

/** The name wanted, or the only one there is. */
function chosenName(flag: string, names: readonly string[], wanted: string | undefined): string {
  const distinct = [...new Set(names)];
  const [only] = distinct;
  if (wanted === undefined && distinct.length === 1 && only !== undefined) return only;
  if (wanted !== undefined && distinct.includes(wanted)) return wanted;
  const listed = distinct.map((name) => JSON.stringify(name)).join(', ');
  throw new OperatorError(
    wanted === undefined
      ? `the runs have several: choose one with ${flag} (${listed}).`
      : `${flag}: the runs have no ${JSON.stringify(wanted)}; they have ${listed}.`,
  );
}
