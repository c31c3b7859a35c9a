import type { RunSummary } from '../../analyses/summary/schema.ts';
import { modelLabel } from '../../domain/model-label.ts';
import { ABSENT, figure } from '../../render/cell-text.ts';
import { modelColors } from '../../render/chart/colors.ts';
import type { Choices } from '../../render/choices.ts';
import { SPARSE_BELOW } from '../../render/table.ts';
import { distinct, figureFinder, type Series, seriesOf } from '../../series/names/series.ts';
import type { Slice } from '../../series/schema.ts';

/** A figure as charts draw it. Bounds and value are null where the estimate has none. */
export interface Point {
  readonly label: string;
  readonly model: string;
  readonly variant: string | null;
  readonly style: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly missing: number;
  readonly sparse: boolean;
  /** The figure in two decimals, or a dash. */
  readonly shown: string;
}

export function isRated<Some extends Point>(
  point: Some,
): point is Some & { readonly value: number } {
  return point.value !== null;
}

/** What the charts of one judge are drawn from. */
export interface ChartSource {
  readonly summary: RunSummary;
  readonly judge: string;
  /** The style that charts show which do not compare styles. */
  readonly style: string;
  /** Models under that judge, in the order of the config. */
  readonly models: readonly Series[];
  readonly styles: readonly string[];
  /** Domain and range of the colour scale, by model label. */
  readonly color: { readonly domain: string[]; readonly range: string[] };
  point(series: Series, by: Slice): Point | null;
}

export function chartSource(
  summary: RunSummary,
  judge: string,
  /** Left out for the first style: models that were asked in none of its kind are shown by their own. */
  only?: string,
): ChartSource {
  const all = seriesOf(summary);
  const own = all.filter((series) => series.judge === judge);
  const styles = distinct(own, ({ style }) => style).map(({ style }) => style);
  const first = styles.includes('zero-shot') ? 'zero-shot' : (styles[0] ?? '');
  const style = only ?? first;
  const shown = only === undefined ? own : own.filter((series) => series.style === only);
  const find = figureFinder(summary);
  const colors = modelColors(distinct(all, modelLabelOf));
  return {
    summary,
    judge,
    style,
    styles,
    models: distinct(shown, modelLabelOf).map((series) => ({
      ...series,
      style: own.some(
        (entry) => entry.style === style && modelLabelOf(entry) === modelLabelOf(series),
      )
        ? style
        : series.style,
    })),
    color: { domain: [...colors.keys()], range: [...colors.values()] },
    point(series, by) {
      const entry = find(series, by);
      if (entry === null) return null;
      const { value, low, high, n, missing } = entry.estimate;
      const { model, variant } = series;
      return {
        label: modelLabelOf(series),
        model,
        variant,
        style: series.style,
        value,
        low,
        high,
        n,
        missing,
        sparse: n < SPARSE_BELOW,
        shown: shownFigure(value),
      };
    },
  };
}

/** The colour scale of the models that a chart shows, so that its legend names no other. */
export function colorsOf({ color }: ChartSource, labels: readonly string[]): ChartSource['color'] {
  const places = [...color.domain.keys()].filter((place) =>
    labels.includes(color.domain[place] ?? ''),
  );
  return {
    domain: places.map((place) => color.domain[place] ?? ''),
    range: places.map((place) => color.range[place] ?? ''),
  };
}

export function modelLabelOf({ model, variant }: Pick<Series, 'model' | 'variant'>): string {
  return modelLabel({ name: model, variant });
}

/** `n = 30`, or `n = 28–30` where points differ. */
export function countsText(points: readonly Pick<Point, 'n'>[]): string {
  const counts = points.map(({ n }) => n);
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  return least === most ? `n = ${most}` : `n = ${least}–${most}`;
}

/** What every chart of ratings says under its title. */
export function subtitleOf({ style, judge, models, styles }: ChartSource, start: string): string {
  const mixed = models.some((series) => series.style !== style);
  const prompting = styles.length > 1 || !mixed ? `prompting: ${style}` : '';
  return [start, prompting, `judge: ${judge}`].filter((part) => part !== '').join(' · ');
}

function shownFigure(value: number | null): string {
  return value === null ? ABSENT : figure(value);
}

/** The figures themselves in a column at the right, where no bar or whisker runs into them. */
export function figuresAtRight(width: number) {
  return {
    mark: { type: 'text', style: 'figure', align: 'right', x: width + 32 },
    encoding: { text: { field: 'shown', type: 'nominal' } },
  } as const;
}

/** As many as fill whole rows: an unfilled one would leave an axis without a panel. */
export function columnsFor(panels: number): number {
  return panels <= 5 ? panels : ([5, 4, 3].find((columns) => panels % columns === 0) ?? 4);
}

/** Charts of other prompting styles and judges are drawn like it. */
export function choicesOf({ style, judge }: ChartSource): Choices {
  return { Prompting: style, Judge: judge };
}
