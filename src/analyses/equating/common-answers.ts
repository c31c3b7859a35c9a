import { modelLabel } from '../../domain/model-label.ts';
import type { AnswerRating, RunArchive } from '../../ports/run-archive.ts';
import type { BridgedAnswer } from './equating.ts';

/** A judge's place in a run. */
interface JudgePlace {
  readonly run: string;
  readonly judge: number;
}

/** Answers that two judges have rated both, matched by content, in one run or two. */
export function commonAnswers(
  archive: RunArchive,
  older: JudgePlace,
  newer: JudgePlace,
): BridgedAnswer[] {
  const ratingsOf = ({ run, judge }: JudgePlace) =>
    [...archive.answerRatings(run)].filter((rating) => rating.judge === judge);
  const key = ({ answer, item }: AnswerRating) => `${answer} ${item}`;
  const before = new Map(ratingsOf(older).map((rating) => [key(rating), rating.rating]));
  const items = new Map([...archive.itemLabels(newer.run)].map((item) => [item.position, item]));
  const { models } = archive.loadRun(newer.run).definition;
  return ratingsOf(newer).flatMap((rating) => {
    const old = before.get(key(rating));
    const item = items.get(rating.item);
    const model = models[rating.model];
    if (old === undefined || !item || !model) return [];
    return [
      {
        culture: item.culture,
        cluster: item.cluster ?? item.key,
        model: modelLabel(model.spec),
        old,
        new: rating.rating,
      },
    ];
  });
}
