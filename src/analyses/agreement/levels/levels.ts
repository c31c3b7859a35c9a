import { codePairs, countCells } from '../../../stats/agreement/pair-table.ts';
import { AGREEMENT_MEASURES, measureTable } from '../../../stats/agreement/table-agreement.ts';
import { at, intAt, pick } from '../../../stats/at.ts';
import { codeLabels, mean } from '../../../stats/means/describe.ts';
import type { AgreementFigures, AgreementLevel, LevelFigures } from '../schema.ts';
import {
  type BootstrapSettings,
  cellsOf,
  drawFigures,
  figuresOf,
  type LevelInput,
} from './figures.ts';
import {
  type GroupMeasurer,
  groupMeasurer,
  meanOfGroups,
  measurePlace,
  pairsByRaters,
} from './measure.ts';
import { clusterPairs, countDistinct, type PairSet, type RatingPair } from './pairs.ts';
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
  const ordered = pairs.every(({ raters }) => raters === undefined);
  return levels.map((level) => {
    const { units, figures } = LEVELS[level](input);
    return { level, units, figures: ordered ? figures : withoutOrder(figures) };
  });
}

/** Between people nobody is the first side. */
function withoutOrder(figures: AgreementFigures): AgreementFigures {
  const { bias: _bias, slope: _slope, ...rest } = figures;
  return rest;
}

const LEVELS = {
  pooled: pooledLevel,
  within: withinLevel,
  question: questionLevel,
  system: systemLevel,
} as const satisfies Record<AgreementLevel, (input: LevelInput) => Omit<LevelFigures, 'level'>>;

function pooledLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const { pairs, clusters } = input;
  const measure = groupMeasurer(pairs, clusters.codes);
  const results = drawFigures(input, cellsOf(pairs).scale, (times) => measure(times).values);
  return {
    units: pairs.length,
    figures: figuresOf(AGREEMENT_MEASURES, results, {
      n: pairs.length,
      missing: input.missing,
      method: pairs.some(({ raters }) => raters !== undefined)
        ? 'mean over pairs of raters'
        : 'pooled pairs',
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
    const code = intAt(clusters.codes, rows[0] ?? 0);
    return [{ code, values: questionValues(own) }];
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

/** One question's answers, by pair of raters between people, then the mean over those. */
function questionValues(own: readonly RatingPair[]): number[] {
  const groups = pairsByRaters(own).map(([, rows]) =>
    measureTable(countCells(cellsOf(rows.flatMap((row) => own[row] ?? [])))),
  );
  return QUESTION_MEASURES.map((name) => {
    const known = groups.map((values) => at(values, measurePlace(name)));
    return mean(known.filter((value) => !Number.isNaN(value))) ?? Number.NaN;
  });
}

const NO_TABLE = { first: new Float64Array(), second: new Float64Array() };

/** Over the models' means on either side. */
function systemLevel(input: LevelInput): Omit<LevelFigures, 'level'> {
  const { pairs, clusters } = input;
  const places = pairs.flatMap(({ place }, index) => (place.system === null ? [] : index));
  const rows = places.flatMap((index) => pairs[index] ?? []);
  const codes = Int32Array.from(places, (index) => intAt(clusters.codes, index));
  const count = countDistinct(rows, ({ system }) => system);
  const groups = pairsByRaters(rows).map(([, own]) =>
    systemMeasurer(
      own.flatMap((row) => rows[row] ?? []),
      Int32Array.from(own, (row) => intAt(codes, row)),
    ),
  );
  const results = drawFigures(input, NO_TABLE, (times) => {
    const mean = meanOfGroups(groups.map((measure) => measure(times)));
    return Float64Array.from(SYSTEM_MEASURES, (name) => at(mean, measurePlace(name)));
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

/** Measures of the models' means; n counts models. */
function systemMeasurer(rows: readonly RatingPair[], codes: Int32Array): GroupMeasurer {
  const systems = codeLabels(rows.map(({ place }) => place.system ?? ''));
  const count = systems.reduce((highest, code) => Math.max(highest, code + 1), 0);
  return (times) => {
    const sums = [0, 1, 2].map(() => new Float64Array(count));
    const [weights, first, second] = [pick(sums, 0), pick(sums, 1), pick(sums, 2)];
    rows.forEach((pair, row) => {
      const system = intAt(systems, row);
      const weight = at(times, intAt(codes, row));
      weights[system] = at(weights, system) + weight;
      first[system] = at(first, system) + weight * pair.first;
      second[system] = at(second, system) + weight * pair.second;
    });
    const present = Array.from(weights, (_, system) => system).filter(
      (system) => at(weights, system) > 0,
    );
    const meansOf = (side: Float64Array) =>
      present.map((system) => at(side, system) / at(weights, system));
    const n = present.length;
    return n < LEAST_SYSTEMS
      ? { n, values: new Float64Array(AGREEMENT_MEASURES.length).fill(Number.NaN) }
      : { n, values: measureTable(countCells(codePairs(meansOf(first), meansOf(second)))) };
  };
}
