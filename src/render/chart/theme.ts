import type { Config } from 'vega-lite';

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** The shipped fonts first; a page or an editor without them falls back to what it has. */
const FONT_FAMILY = "'Noto Sans', 'Noto Sans Arabic', 'Noto Sans SC', system-ui, sans-serif";

export type ChartTheme = 'light' | 'dark';

const INKS = {
  light: {
    background: '#ffffff',
    text: '#1d2129',
    soft: '#5b6472',
    line: '#c9ced6',
    grid: '#e8ebef',
  },
  dark: {
    background: '#16191f',
    text: '#e8eaed',
    soft: '#a7afbb',
    line: '#4a515d',
    grid: '#2a2f38',
  },
} as const satisfies Record<ChartTheme, Record<string, string>>;

/** Everything about a chart's looks that its data does not decide; a page swaps it with its theme. */
export function chartConfig(theme: ChartTheme): Config {
  const { background, text, soft, line, grid } = INKS[theme];
  return {
    background,
    font: FONT_FAMILY,
    padding: 16,
    view: { stroke: null },
    title: {
      anchor: 'start',
      frame: 'group',
      color: text,
      fontSize: 15,
      fontWeight: 600,
      subtitleColor: soft,
      subtitleFontSize: 11,
      subtitlePadding: 4,
      offset: 14,
    },
    header: {
      labelColor: text,
      labelFontSize: 12,
      labelFontWeight: 600,
      labelPadding: 8,
      labelLimit: 400,
      titleColor: soft,
    },
    axis: {
      domainColor: line,
      tickColor: line,
      gridColor: grid,
      labelColor: text,
      labelFontSize: 11,
      labelLimit: 320,
      titleColor: soft,
      titleFontSize: 11,
      titleFontWeight: 400,
      titlePadding: 8,
    },
    legend: {
      labelColor: text,
      labelFontSize: 11,
      labelLimit: 320,
      titleColor: soft,
      titleFontSize: 11,
      titleFontWeight: 400,
    },
    text: { color: text, fontSize: 10.5 },
    rule: { color: text },
    style: { figure: { fill: text, fontSize: 10.5 }, whisker: { stroke: text } },
  };
}
