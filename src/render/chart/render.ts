import { renderAsync } from '@resvg/resvg-js';
import subsetFont from 'subset-font';
import { parse, resetSVGDefIds, type Spec, textMetrics, View } from 'vega';
import { compile } from 'vega-lite';
import type { FontFile, FontSource } from '../../ports/fonts.ts';
import type { Chart } from './chart.ts';
import { withoutInheritedNames } from './inherited-names.ts';
import { type MeasureText, textMeasurer } from './text-width.ts';

/** One chart as the files of a report. */
export interface ChartFiles {
  readonly name: string;
  /** `NAME.vl.json`. */
  readonly vlJson: string;
  readonly svg: string;
  /** Twice the size of the SVG. */
  readonly png: Uint8Array;
}

const PNG_SCALE = 2;
const DIGITS_AND_SIGNS = ' 0123456789.,-–−+=()[]%·…';

/**
 * Renders charts to files. The same chart gives the same bytes on every machine: text is measured
 * and drawn with the fonts given, and no other font is looked at.
 */
export async function renderCharts(
  charts: readonly Chart[],
  fonts: FontSource,
): Promise<ChartFiles[]> {
  const text = textOf(charts);
  const files = await fonts(text);
  const measure = textMeasurer(files);
  const fontFaces = await embeddedFonts(files, text);
  const drawn: string[] = [];
  // One after another: vega numbers its clip paths for the whole process.
  for (const chart of charts)
    drawn.push(await drawSvg(compile(withoutInheritedNames(chart.spec)).spec, measure));
  return await Promise.all(
    charts.map(async (chart, index): Promise<ChartFiles> => {
      const svg = drawn[index] ?? '';
      return {
        name: chart.name,
        vlJson: `${JSON.stringify(chart.spec, null, 2)}\n`,
        svg: `${withDefinitions(svg, chart, fontFaces)}\n`,
        png: await drawPng(svg, files),
      };
    }),
  );
}

/** Draws a Vega specification with its text measured by the given fonts. */
export async function drawSvg(spec: Spec, measure: MeasureText): Promise<string> {
  // vega keeps one measure for the whole process: it is put back for whoever else draws.
  const guess = textMetrics.width;
  textMetrics.width = (item, value) =>
    measure(lineText(value), weightOf(item.fontWeight)) * (item.fontSize ?? 11);
  resetSVGDefIds();
  const view = new View(parse(spec), { renderer: 'none' });
  try {
    return xmlText(await view.toSVG());
  } finally {
    view.finalize();
    textMetrics.width = guess;
  }
}

function lineText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function weightOf(weight: string | number | undefined): FontFile['weight'] {
  return weight === 'bold' || Number(weight) >= 600 ? 600 : 400;
}

async function drawPng(svg: string, files: readonly FontFile[]): Promise<Uint8Array> {
  const family = files.find(({ script }) => script === null)?.family ?? '';
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: PNG_SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: files.map(({ file }) => file),
      defaultFontFamily: family,
      sansSerifFamily: family,
    },
  });
  return image.asPng();
}

/** The characters that charts may show, axis figures included. */
export function textOf(charts: readonly Chart[]): string {
  const used = new Set(JSON.stringify(charts.map(({ spec }) => spec)));
  return [...used, ...DIGITS_AND_SIGNS].sort().join('');
}

/** The fonts cut down to the characters in use, as CSS: a few kilobytes that travel with each SVG. */
async function embeddedFonts(files: readonly FontFile[], text: string): Promise<string> {
  const faces = await Promise.all(
    files.map(async ({ family, weight, bytes, script }) => {
      const own = [...text].filter((character) => script === null || script.test(character));
      const subset = await subsetFont(bytes, own.join(''), { targetFormat: 'woff2' });
      const source = `url(data:font/woff2;base64,${Buffer.from(subset).toString('base64')})`;
      return `@font-face{font-family:'${family}';font-weight:${weight};src:${source}}`;
    }),
  );
  return faces.join('');
}

/** Gives an SVG its fonts, and a title and description for readers who do not see it. */
function withDefinitions(svg: string, { title, description }: Chart, fontFaces: string): string {
  const end = svg.indexOf('>') + 1;
  const opening = svg.slice(0, end - 1).replace(/ role="[^"]*"/, '');
  return [
    `${opening} role="img">`,
    `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`,
    `<style>${fontFaces}</style>`,
    svg.slice(end),
  ].join('');
}

/** Characters that XML 1.0 forbids outright (a name may hold any) as replacement characters. */
function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

function escapeXml(text: string): string {
  return xmlText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
