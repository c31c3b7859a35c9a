import type { Config } from 'vega-lite';
import type { Json } from '../../domain/json.ts';
import { jsonSchema } from '../../domain/json.ts';
import { isRecord } from '../../domain/json-path.ts';
import { chartConfig } from './theme.ts';

/** A colour that the theme decides, and the mark by which the style sheet finds it. */
interface ThemeColor {
  readonly mark: string;
  readonly light: string;
  readonly dark: string;
}

const COLOR = /^#[0-9a-f]{6}$/i;

/**
 * The charts' configuration for the page. Colours that differ between the themes become marks, near
 * enough to the light theme to stand in for it; the style sheet then gives each its light or dark
 * colour, in live and in still charts alike. Colours that encode figures are left as they are.
 */
export function pageChartConfig(): Config {
  const marks = new Map(themeColors().map(({ light, mark }) => [light, mark]));
  const { background: _background, title: _title, ...config } = chartConfig('light');
  return { ...marked(config, marks), background: 'transparent', padding: 2 };
}

/** Rules that colour the marks. */
export function chartThemeStyle(): string {
  const rules = (theme: 'light' | 'dark') =>
    themeColors()
      .map(
        ({ mark, ...colors }) =>
          `.drawing [fill="${mark}"] { fill: ${colors[theme]}; } .drawing [stroke="${mark}"] { stroke: ${colors[theme]}; }`,
      )
      .join('\n');
  return `${rules('light')}\n@media screen and (prefers-color-scheme: dark) {\n${rules('dark')}\n${BRIGHTER}\n}\n`;
}

/** Colours that encode figures keep their hue: a dark ground swallows some of their light. */
const BRIGHTER = '.drawing .mark-symbol.role-mark { filter: brightness(1.2); }';

function themeColors(): ThemeColor[] {
  const light = new Map(leaves(jsonSchema.parse(chartConfig('light')), ''));
  const dark = new Map(leaves(jsonSchema.parse(chartConfig('dark')), ''));
  const colors = new Map<string, ThemeColor>();
  for (const [path, color] of light) {
    const other = dark.get(path);
    if (other === undefined || other === color || !COLOR.test(color)) continue;
    colors.set(color, { mark: beside(color), light: color, dark: other });
  }
  return [...colors.values()];
}

/** The colour next to it, which no eye tells apart and a style sheet does. */
function beside(color: string): string {
  const last = Number.parseInt(color.slice(-1), 16);
  return `${color.slice(0, -1)}${(last ^ 1).toString(16)}`;
}

function* leaves(value: Json, path: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  if (!isRecord(value)) return;
  for (const [key, entry] of Object.entries(value)) yield* leaves(entry, `${path}/${key}`);
}

function marked(config: Config, marks: ReadonlyMap<string, string>): Config {
  return JSON.parse(JSON.stringify(config), (_, value: unknown) =>
    typeof value === 'string' ? (marks.get(value) ?? value) : value,
  );
}
