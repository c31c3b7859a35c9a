import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { type Disagreement, seatJuries } from '../../series/scores/jury-ratings.ts';
import { seriesNames } from '../../series/scores/scored-series.ts';

const TEXTS = [
  'jury',
  'model',
  'variant',
  'style',
  'item',
  'culture',
  'category',
  'language',
  'question',
  'reference',
  'answer',
] as const;

interface Column {
  readonly name: string;
  readonly type: 'text' | 'number';
}

type DisagreementRow = Readonly<Record<string, string | number | null>>;

/**
 * Answers that a run's juries disagree on, jury by jury and farthest apart first, with the texts that
 * a person needs to rate them. Throws OperatorError for a run without juries.
 */
export function readDisagreements(
  archive: RunArchive,
  run: string,
): { readonly columns: readonly Column[]; readonly rows: IterableIterator<DisagreementRow> } {
  const { definition } = archive.loadRun(run);
  if (definition.juries.length === 0) {
    throw new OperatorError(
      `Run ${run} has no jury. Add \`juries: [{ name: Panel, judges: [A, B, C] }]\` to its config and run it again: no call is made anew.`,
    );
  }
  const seated = seatJuries(definition, () => archive.outcomes(run), Number.POSITIVE_INFINITY);
  const judges = definition.judges.map(({ spec }) => `rating of ${spec.name}`);
  function* rows(): Generator<DisagreementRow, undefined> {
    for (const entry of seated.disagreements.flat()) {
      const [place] = entry.places;
      if (!place) continue;
      const { item, answer } = archive.judgedAnswer(run, place);
      const { judge: jury, ...names } = seriesNames(entry.position, definition);
      const { id, culture, category, language, question, reference } = item;
      yield {
        ...{ jury, ...names, item: id, culture, category, language, question, reference, answer },
        ...{ range: entry.range, sd: entry.sd },
        ...Object.fromEntries(judges.map((column, judge) => [column, ratingBy(entry, judge)])),
      };
    }
  }
  return {
    columns: [
      ...TEXTS.map((name) => ({ name, type: 'text' as const })),
      ...['range', 'sd', ...judges].map((name) => ({ name, type: 'number' as const })),
    ],
    rows: rows(),
  };
}

function ratingBy({ ratings }: Disagreement, judge: number): number | null {
  return ratings.find((one) => one.judge === judge)?.rating ?? null;
}
