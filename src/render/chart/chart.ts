import type { TopLevelSpec } from 'vega-lite';
import type { Choices } from '../choices.ts';

/** A chart as data: the page draws it, files are rendered from it. */
export interface Chart {
  /** File name without ending: `by-culture`. */
  readonly name: string;
  /** The question that the chart answers. */
  readonly title: string;
  /** One or two sentences with the figures that matter, for readers who do not see it. */
  readonly description: string;
  /** Which of several like it: the page shows the one that its switches name. */
  readonly choices?: Choices;
  /** Vega-Lite with its data inline; colours that a theme decides are left to `chartConfig`. */
  readonly spec: TopLevelSpec;
}

/** How often a judge gave a rating. */
export interface RatingCount {
  readonly model: string;
  readonly variant: string | null;
  readonly style: string;
  readonly judge: string;
  readonly culture: string;
  readonly rating: number;
  readonly count: number;
}
