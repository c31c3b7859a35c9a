import { absoluteAgreement } from '../../../stats/agreement/icc.ts';
import { countCells } from '../../../stats/agreement/pair-table.ts';
import {
  AGREEMENT_MEASURES,
  type AgreementMeasure,
  createTableMeasurer,
  type MeasureValues,
} from '../../../stats/agreement/table-agreement.ts';
import { at, intAt } from '../../../stats/at.ts';
import { cellsOf } from './figures.ts';
import type { PairPlace, RatingPair } from './pairs.ts';

/** How often each cluster is in a resample. */
type Times = Float64Array;

/** Measures of one group of pairs in a resample, and how many pairs of it are in there. */
export interface GroupValues {
  readonly n: number;
  /** Valid until the group is measured again. */
  readonly values: MeasureValues;
}

export type GroupMeasurer = (times: Times) => GroupValues;

export const measurePlace = (name: AgreementMeasure) => AGREEMENT_MEASURES.indexOf(name);

/** What between people depends on who is named first. */
const ORDERED_MEASURES: readonly AgreementMeasure[] = ['bias', 'slope'];

/**
 * Measures pairs; `codes` are their clusters. Between people, whose order says nothing: every pair of
 * raters alone and then their mean, alpha over all ratings, ICC over the answers that all of them
 * rated, and neither bias nor slope.
 */
export function groupMeasurer(pairs: readonly RatingPair[], codes: Int32Array): GroupMeasurer {
  return pairs.some(({ raters }) => raters !== undefined)
    ? measurePanel(pairs, codes)
    : measureSides(pairs, codes);
}

/** Two sides; alpha by the pairs' weights. */
function measureSides(pairs: readonly RatingPair[], codes: Int32Array): GroupMeasurer {
  const cells = cellsOf(pairs);
  const measure = createTableMeasurer(cells.scale);
  const weighted = pairs.some(({ weight }) => weight !== 1)
    ? Float64Array.from(pairs, ({ weight }) => weight)
    : null;
  const scaled = new Float64Array(pairs.length);
  return (times) => {
    let n = 0;
    for (let pair = 0; pair < scaled.length; pair += 1) {
      scaled[pair] = at(times, intAt(codes, pair));
      n += at(scaled, pair);
    }
    const { counts } = countCells(cells, scaled);
    if (weighted === null) return { n, values: measure(counts) };
    for (let pair = 0; pair < scaled.length; pair += 1)
      scaled[pair] = at(scaled, pair) * at(weighted, pair);
    return { n, values: measure(counts, countCells(cells, scaled).counts) };
  };
}

/** Pairs by who gave them, those with most answers first. */
export function pairsByRaters(pairs: readonly RatingPair[]): (readonly [string, number[]])[] {
  const groups = new Map<string, number[]>();
  pairs.forEach(({ raters }, index) => {
    const name = JSON.stringify(raters ?? null);
    const group = groups.get(name);
    if (group) group.push(index);
    else groups.set(name, [index]);
  });
  return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
}

const ALPHAS: readonly AgreementMeasure[] = ['alphaOrdinal', 'alphaInterval', 'alphaNominal'];

function measurePanel(pairs: readonly RatingPair[], codes: Int32Array): GroupMeasurer {
  const together = measureSides(pairs, codes);
  const groups = pairsByRaters(pairs).map(([, rows]) =>
    measureSides(
      rows.flatMap((row) => pairs[row] ?? []),
      Int32Array.from(rows, (row) => intAt(codes, row)),
    ),
  );
  const intraclass = panelIcc(pairs, codes);
  return (times) => {
    const { n, values } = together(times);
    const mean = meanOfGroups(groups.map((group) => group(times)));
    for (const name of ALPHAS) mean[measurePlace(name)] = values[measurePlace(name)] ?? Number.NaN;
    for (const name of ORDERED_MEASURES) mean[measurePlace(name)] = Number.NaN;
    const icc = intraclass(times);
    mean[measurePlace('icc')] = icc?.single ?? Number.NaN;
    mean[measurePlace('iccAverage')] = icc?.average ?? Number.NaN;
    return { n, values: mean };
  };
}

/** The answers that all raters of these pairs rated, with the ratings in the raters' order. */
function completeRows(pairs: readonly RatingPair[]): { place: PairPlace; row: number[] }[] {
  const names = [...new Set(pairs.flatMap(({ raters }) => raters ?? []))];
  const answers = new Map<PairPlace, Map<string, number>>();
  for (const { place, raters, first, second } of pairs) {
    const ratings = answers.get(place) ?? new Map<string, number>();
    answers.set(place, ratings);
    if (raters) ratings.set(raters[0], first).set(raters[1], second);
  }
  return [...answers].flatMap(([place, ratings]) => {
    const row = names.flatMap((name) => ratings.get(name) ?? []);
    return row.length === names.length ? [{ place, row }] : [];
  });
}

function panelIcc(pairs: readonly RatingPair[], codes: Int32Array) {
  const codeOf = new Map(pairs.map(({ place }, index) => [place, intAt(codes, index)]));
  const complete = completeRows(pairs);
  const rows = complete.map(({ row }) => row);
  return (times: Times) =>
    absoluteAgreement(
      rows,
      complete.map(({ place }) => at(times, codeOf.get(place) ?? 0)),
    );
}

const FISHER: readonly AgreementMeasure[] = ['pearson', 'spearman'];
/** Of single pairs; the others say nothing of fewer than three. */
const OF_ONE_PAIR: readonly AgreementMeasure[] = [
  'meanAbsoluteError',
  'exact',
  'withinOne',
  'bias',
];
const LEAST = AGREEMENT_MEASURES.map((measure) => (OF_ONE_PAIR.includes(measure) ? 1 : 3));
const fisher = AGREEMENT_MEASURES.map((measure) => FISHER.includes(measure));
const within = (limit: number, value: number) => Math.max(-limit, Math.min(limit, value));

/**
 * What is averaged in place of a value. A perfect correlation in a small group must not outweigh all
 * others, nor ICC(2,k) where rows hardly differ: its denominator passes 0 there.
 */
const TERMS = AGREEMENT_MEASURES.map((measure) => {
  if (FISHER.includes(measure)) return (value: number) => Math.atanh(within(0.999, value));
  return measure === 'iccAverage' ? (value: number) => within(1, value) : null;
});

/** Mean weighted by pairs; r and rho by Fisher's z with weights n - 3, at least 1. NaN where no group has a value. */
export function meanOfGroups(groups: readonly GroupValues[]): Float64Array {
  return Float64Array.from(AGREEMENT_MEASURES, (_, index) => {
    const known = groups.flatMap(({ n, values }) => {
      const value = at(values, index);
      return n < (LEAST[index] ?? 0) || Number.isNaN(value) ? [] : [{ n, value }];
    });
    return meanOf(known, index);
  });
}

function meanOf(
  groups: readonly { readonly n: number; readonly value: number }[],
  index: number,
): number {
  const [first] = groups;
  if (!first) return Number.NaN;
  // Equal values are their own mean, perfect ones too.
  if (groups.every(({ value }) => Math.abs(value - first.value) < 1e-12)) return first.value;
  let [sum, weights] = [0, 0];
  for (const { n, value } of groups) {
    const weight = fisher[index] ? Math.max(1, n - 3) : n;
    sum += weight * (TERMS[index]?.(value) ?? value);
    weights += weight;
  }
  return fisher[index] ? Math.tanh(sum / weights) : sum / weights;
}
