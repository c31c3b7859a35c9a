import type { Item } from '../../domain/item.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type { AnswerRating, ItemLabels, RunArchive, StoredRun } from '../../ports/run-archive.ts';
import { chooseAnchors } from '../../series/contrasts/choose-anchors.ts';
import { mean } from '../../stats/means/describe.ts';
import type { AuditAnswer } from './biases/bias.ts';
import type { ObservedAnswer } from './observed.ts';

export interface AnswerQuery {
  readonly archive: RunArchive;
  readonly run: StoredRun;
  /** Key of the audited judge. */
  readonly judge: string;
  /** Whether the run judged an item with the rubric that the audit uses. */
  readonly sameRubric: (item: Item) => boolean;
}

/** A rated answer with all its ratings by judge. */
interface Rated {
  readonly first: AnswerRating;
  readonly label: ItemLabels;
  readonly byJudge: ReadonlyMap<number, number>;
}

function ratedAnswers({ archive, run }: Pick<AnswerQuery, 'archive' | 'run'>): Rated[] {
  const { id } = run.definition;
  const labels = new Map([...archive.itemLabels(id)].map((item) => [item.position, item]));
  const answers = new Map<
    string,
    { first: AnswerRating; label: ItemLabels; byJudge: Map<number, number> }
  >();
  for (const rating of archive.answerRatings(id)) {
    const label = labels.get(rating.item);
    if (!label)
      throw new Error(`a rating refers to item ${rating.item}, which the run does not have`);
    const key = `${rating.answer} ${rating.item}`;
    const answer = answers.get(key) ?? { first: rating, label, byJudge: new Map() };
    answer.byJudge.set(rating.judge, rating.rating);
    answers.set(key, answer);
  }
  return [...answers.values()];
}

/** Answers drawn at random, evenly over cultures, at most one a question while there are questions. */
export function drawAnswers(
  query: AnswerQuery,
  { size, seed }: { readonly size: number; readonly seed: number },
): AuditAnswer[] {
  const { archive, run, sameRubric } = query;
  const rated = ratedAnswers(query);
  const own = positionOf(run.definition, query.judge);
  // Not by rating: whoever is drawn for a high rating has had luck, and falls back when judged again.
  const candidates = rated.map(({ label }) => ({
    culture: label.culture,
    item: label.position,
    ratings: [5],
  }));
  return chooseAnchors(candidates, { size, seed }).chosen.flatMap(({ position }): AuditAnswer[] => {
    const answer = rated[position];
    if (!answer) return [];
    const { first, label, byJudge } = answer;
    const { item, answer: text } = judged(archive, run, first);
    if (text === null) return [];
    return [
      {
        item,
        answer: text,
        cluster: label.cluster ?? label.key,
        stored: sameRubric(item) ? (byJudge.get(own) ?? null) : null,
      },
    ];
  });
}

function judged(
  archive: RunArchive,
  { definition }: StoredRun,
  { response, judge }: AnswerRating,
): { readonly item: Item; readonly answer: string | null } {
  return archive.judgedAnswer(definition.id, { response, judge, trial: 0 });
}

const positionOf = ({ judges }: RunDefinition, key: string) =>
  judges.findIndex((judge) => judge.key === key);

/** Who is of whose family; null where the config does not say. */
export interface Families {
  readonly judge: string | null;
  /** By a judge's key. */
  readonly ofJudge: (key: string) => string | null;
  /** By a model's key. */
  readonly ofModel: (key: string) => string | null;
}

/** All answers that the judge has rated in the run, beside what others say of them. */
export function observedAnswers(query: AnswerQuery, families: Families): ObservedAnswer[] {
  const { definition } = query.run;
  const own = positionOf(definition, query.judge);
  return ratedAnswers(query).flatMap(({ first, label, byJudge }): ObservedAnswer[] => {
    const rating = byJudge.get(own);
    if (rating === undefined) return [];
    const others = [...byJudge].flatMap(([judge, value]) =>
      judge === own || isRelative(families, definition.judges[judge]?.key) ? [] : [value],
    );
    const model = definition.models[first.model]?.key;
    const family = model === undefined ? null : families.ofModel(model);
    return [
      {
        culture: label.culture,
        question: label.key,
        model: String(first.model),
        cluster: label.cluster ?? label.key,
        own: rating,
        others: mean(others),
        characters: first.characters,
        relative: families.judge === null || family === null ? null : family === families.judge,
      },
    ];
  });
}

/** A judge of the same family would share the preference. */
function isRelative({ judge, ofJudge }: Families, key: string | undefined): boolean {
  return judge !== null && key !== undefined && ofJudge(key) === judge;
}
