import { codePairs, countCells } from '../../../stats/agreement/pair-table.ts';
import {
  AGREEMENT_MEASURES,
  type AgreementMeasure,
  createTableMeasurer,
  measureTable,
} from '../../../stats/agreement/table-agreement.ts';
import { at, intAt } from '../../../stats/at.ts';
import { codeLabels } from '../../../stats/means/describe.ts';
import type { AgreementLevel, LevelFigures } from '../schema.ts';
import {
  type BootstrapSettings,
  cellsOf,
  drawFigures,
  figuresOf,
  type LevelInput,
} from './figures.ts';
import { clusterPairs, countDistinct, type PairSet } from './pairs.ts';
import { withinLevel } from './within.ts';

/** What can be said of each question's few answers, and of a handful of models. */
const QUESTION_MEASURES = ['pearson', 'spearman', 'kendallTauB', 'pairwiseAccuracy'] as const;
const SYSTEM_MEASURES = [...QUESTION_MEASURES, 'bias', 'meanAbsoluteError', 'slope'] as const;
/** Two models always correlate perfectly. */
const LEAST_SYSTEMS = 3;
/** The four levels of a set of pairs. */
export function agreementLevels(
  set: PairSet,
  levels: readonly AgreementLevel[],
  settings: BootstrapSettings,
): LevelFigures[] {
  const { pairs } = set;
  const input = { pairs, missing: set.missing.length, clusters: clusterPairs(pairs), settings };
  return levels.map((level) => ({ level, ...LEVELS[level](input) }));
}

const LEVELS = {
  pooled: pooledLevel,
  within: withinLevel,
  question: questionLevel,
  system: systemLevel,
} as const satisfies Record<AgreementLevel, (input: LevelInput) => Omit<LevelFigures, 'level'>>;

function pooledLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const { pairs, clusters } = input;
  const cells = cellsOf(pairs);
  const weights = pairs.some(({ weight }) => weight !== 1)
    ? Float64Array.from(pairs, ({ weight }) => weight)
    : null;
  const scaled = new Float64Array(pairs.length);
  const measure = createTableMeasurer(cells.scale);
  const results = drawFigures(input, cells.scale, (times) => {
    for (let pair = 0; pair < scaled.length; pair += 1)
      scaled[pair] = at(times, intAt(clusters.codes, pair));
    const { counts } = countCells(cells, scaled);
    if (weights === null) return measure(counts);
    for (let pair = 0; pair < scaled.length; pair += 1)
      scaled[pair] = at(scaled, pair) * at(weights, pair);
    return measure(counts, countCells(cells, scaled).counts);
  });
  return {
    units: pairs.length,
    figures: figuresOf(AGREEMENT_MEASURES, results, {
      n: pairs.length,
      missing: input.missing,
      method: 'pooled pairs',
    }),
  };
}

/** Each question over the answers it got, then the mean over questions where that is defined. */
function questionLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const { pairs, clusters } = input;
  const byQuestion = new Map<string, number[]>();
  pairs.forEach(({ place }, index) => {
    const rows = byQuestion.get(place.cluster);
    if (rows) rows.push(index);
    else byQuestion.set(place.cluster, [index]);
  });
  const questions = [...byQuestion.values()].flatMap((rows) => {
    const own = rows.flatMap((row) => pairs[row] ?? []);
    if (countDistinct(own, ({ answer, system }) => system ?? answer) < 2) return [];
    const values = measureTable(countCells(cellsOf(own)));
    const code = intAt(clusters.codes, rows[0] ?? 0);
    return [{ code, values: QUESTION_MEASURES.map((name) => values[placeOf(name)] ?? Number.NaN) }];
  });
  const results = drawFigures(input, NO_TABLE, (times) =>
    Float64Array.from(QUESTION_MEASURES, (_, index) => {
      let sum = 0;
      let weight = 0;
      for (const { code, values } of questions) {
        const value = values[index] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        sum += at(times, code) * value;
        weight += at(times, code);
      }
      return sum / weight;
    }),
  );
  const figures = figuresOf(QUESTION_MEASURES, questions.length === 0 ? [] : results, {
    n: questions.length,
    missing: input.missing,
    method: 'mean over questions',
  });
  // A question whose answers are all rated alike has no order, and is left out of that measure alone.
  for (const [index, name] of QUESTION_MEASURES.entries()) {
    const figure = figures[name];
    const defined = questions.filter(({ values }) => !Number.isNaN(values[index])).length;
    if (figure) figures[name] = { ...figure, n: defined };
  }
  return { units: questions.length, figures };
}

const NO_TABLE = { first: new Float64Array(), second: new Float64Array() };
const placeOf = (name: AgreementMeasure) => AGREEMENT_MEASURES.indexOf(name);

/** Over the models' means on either side. */
function systemLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const { pairs, clusters } = input;
  const places = pairs.flatMap(({ place }, index) => (place.system === null ? [] : index));
  const rows = places.flatMap((index) => pairs[index] ?? []);
  const first = Float64Array.from(rows, (pair) => pair.first);
  const second = Float64Array.from(rows, (pair) => pair.second);
  const codes = Int32Array.from(places, (index) => intAt(clusters.codes, index));
  const systems = codeLabels(rows.map(({ place }) => place.system ?? ''));
  const count = systems.reduce((highest, code) => Math.max(highest, code + 1), 0);
  const room = () => new Float64Array(count);
  const sums = [room(), room(), room()] as const;
  const results = drawFigures(input, NO_TABLE, (times) => {
    for (const sum of sums) sum.fill(0);
    for (let row = 0; row < codes.length; row += 1) {
      const weight = at(times, intAt(codes, row));
      if (weight === 0) continue;
      const system = intAt(systems, row);
      sums[0][system] = at(sums[0], system) + weight;
      sums[1][system] = at(sums[1], system) + weight * at(first, row);
      sums[2][system] = at(sums[2], system) + weight * at(second, row);
    }
    return measuresOfMeans(sums);
  });
  return {
    units: count,
    figures: figuresOf(SYSTEM_MEASURES, count < LEAST_SYSTEMS ? [] : results, {
      n: count,
      missing: input.missing,
      method: count < LEAST_SYSTEMS ? 'fewer than 3 models' : 'over the means of models',
    }),
  };
}

function measuresOfMeans([weights, first, second]: readonly [
  Float64Array,
  Float64Array,
  Float64Array,
]): Float64Array {
  const present = Array.from(weights, (weight, system) => (weight > 0 ? system : -1)).filter(
    (system) => system >= 0,
  );
  const meansOf = (sums: Float64Array) =>
    present.map((system) => at(sums, system) / at(weights, system));
  if (present.length < LEAST_SYSTEMS)
    return new Float64Array(SYSTEM_MEASURES.length).fill(Number.NaN);
  const values = measureTable(countCells(codePairs(meansOf(first), meansOf(second))));
  return Float64Array.from(SYSTEM_MEASURES, (name) => values[placeOf(name)] ?? Number.NaN);
}
