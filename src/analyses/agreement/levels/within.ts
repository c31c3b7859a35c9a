import { counted } from '../../../domain/counted.ts';
import { AGREEMENT_MEASURES } from '../../../stats/agreement/table-agreement.ts';
import { intAt } from '../../../stats/at.ts';
import { codeLabels } from '../../../stats/means/describe.ts';
import type { LevelFigures } from '../schema.ts';
import { cellsOf, drawFigures, figuresOf, type LevelInput } from './figures.ts';
import { groupMeasurer, meanOfGroups } from './measure.ts';
import type { PairPlace, RatingPair } from './pairs.ts';

/** Cells of fewer pairs than this say too little, and bootstrap badly. */
const LEAST_PAIRS = 10;
/** A resample may leave little of a cell. */
const LEAST_LEFT = 4;

/** Every measure in each culture × model, then their mean weighted by pairs; r and rho by Fisher's z. */
export function withinLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const rows = rowsOfFullCells(input.pairs);
  const pairs = rows.flatMap((index) => input.pairs[index] ?? []);
  const groups = codeLabels(pairs.map(({ place }) => cellName(place)));
  const count = groups.reduce((highest, code) => Math.max(highest, code + 1), 0);
  const cells = Array.from({ length: count }, (_, group) => {
    const own = pairs.flatMap((pair, index) =>
      groups[index] === group
        ? [{ pair, code: intAt(input.clusters.codes, rows[index] ?? 0) }]
        : [],
    );
    return groupMeasurer(
      own.map(({ pair }) => pair),
      Int32Array.from(own, ({ code }) => code),
    );
  });
  const results =
    count === 0
      ? []
      : drawFigures(input, cellsOf(pairs).scale, (times) =>
          meanOfGroups(cells.map((measure) => measure(times)).filter(({ n }) => n >= LEAST_LEFT)),
        );
  return {
    units: count,
    figures: figuresOf(AGREEMENT_MEASURES, results, {
      n: pairs.length,
      missing: input.missing,
      method: `mean over ${counted(count, 'culture × model cell')} of ${LEAST_PAIRS} and more pairs`,
    }),
  };
}

const cellName = ({ culture, system }: PairPlace) => JSON.stringify([culture, system]);

function rowsOfFullCells(pairs: readonly RatingPair[]): number[] {
  const sizes = new Map<string, number>();
  for (const { place } of pairs) sizes.set(cellName(place), (sizes.get(cellName(place)) ?? 0) + 1);
  return pairs.flatMap(({ place }, index) =>
    place.system !== null && (sizes.get(cellName(place)) ?? 0) >= LEAST_PAIRS ? index : [],
  );
}
