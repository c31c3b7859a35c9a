import { OperatorError } from '../../../domain/errors.ts';
import type { RunArchive } from '../../../ports/run-archive.ts';
import {
  type SelectedSeries,
  selectSeries,
  spellings,
} from '../../../series/names/select-series.ts';
import type { SeriesNames } from '../../../series/scores/scored-series.ts';
import { isItemFile, type NamedSeries, readItemScores } from './items.ts';
import { readSummaryBaseline, type SummarySeries } from './summary.ts';

/** What a candidate is held against: questions one by one, or averages alone. */
export type Baseline =
  | { readonly kind: 'store'; readonly series: readonly SelectedSeries[] }
  | { readonly kind: 'items'; readonly series: readonly NamedSeries[] }
  | { readonly kind: 'averages'; readonly series: readonly SummarySeries[] };

/** Reads a baseline from wherever it is. Throws InputError, OperatorError. */
export async function readBaseline(archive: RunArchive, selector: string): Promise<Baseline> {
  const { file, wanted } = splitFile(selector);
  if (file === null) return { kind: 'store', series: selectSeries(archive, [selector]) };
  if (isItemFile(file)) {
    const series = choose(await readItemScores(file), { file, wanted });
    return { kind: 'items', series };
  }
  return { kind: 'averages', series: choose(readSummaryBaseline(file), { file, wanted }) };
}

/** A run's id never ends in .json or .jsonl: it ends in a hash. */
function splitFile(selector: string): { readonly file: string | null; readonly wanted: string } {
  const [, file, wanted = ''] = /^(.+?\.jsonl?)(?::(.*))?$/i.exec(selector) ?? [];
  return { file: file ?? null, wanted };
}

function choose<Series extends { readonly names: SeriesNames }>(
  all: readonly Series[],
  { file, wanted }: { readonly file: string; readonly wanted: string },
): Series[] {
  const matches = all.filter(({ names }) => spellings(names).has(wanted));
  if (matches.length > 0) return matches;
  const known = all.map(({ names: { model, variant, style, judge } }) =>
    [`  ${file}:${model}`, variant === null ? '' : `/${variant}`, `@${style}%${judge}`].join(''),
  );
  throw new OperatorError([`${file}: has no ":${wanted}". It has:`, ...known].join('\n'));
}
