import { createHash } from 'node:crypto';
import { Resvg } from '@resvg/resvg-js';
import { beforeAll, expect, test, vi } from 'vitest';
import { notoFonts } from '../../src/adapters/fonts/noto.ts';
import { type ChartFiles, renderCharts } from '../../src/render/chart/render.ts';
import { textMeasurer } from '../../src/render/chart/text-width.ts';
import { reportCharts } from '../../src/report/charts/all.ts';
import { generatedRun } from '../report/generated.ts';
import { TUNED_MODELS, twelveModels } from '../report/large-run.ts';

const LARGE = twelveModels();
const HOSTILE = '</style><script>alert(1)</script>&"\u0001';
const TUNED = generatedRun({
  models: [...TUNED_MODELS.slice(0, 3), { name: HOSTILE, variant: null, baseline: null }],
  styles: ['zero-shot'],
  judges: ['A', 'B'],
  missing: 0.02,
  perCell: 3,
});
let large: ChartFiles[] = [];
let tuned: ChartFiles[] = [];
let warnings: unknown[][] = [];

beforeAll(async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  large = await renderCharts(reportCharts(LARGE.summary, LARGE.counts), notoFonts);
  tuned = await renderCharts(reportCharts(TUNED.summary, TUNED.counts), notoFonts);
  warnings = warn.mock.calls;
  warn.mockRestore();
}, 120_000);

function hashes(files: readonly ChartFiles[]): string[] {
  return files.map(({ svg, png }) => createHash('sha256').update(svg).update(png).digest('hex'));
}

test('every chart is drawn, and vega finds nothing to warn of', () => {
  // Seven kinds; five of them once more for the second prompting style.
  expect(large).toHaveLength(12);
  expect(tuned.map(({ name }) => name)).toContain('from-baseline-judge-2');
  expect(warnings).toEqual([]);
});

test('the same chart gives the same bytes, whatever was drawn before it', async () => {
  const charts = reportCharts(TUNED.summary, TUNED.counts);
  const again = await renderCharts(charts, notoFonts);
  expect(hashes(again)).toEqual(hashes(tuned));
}, 60_000);

test('a PNG is twice the size of its SVG', () => {
  for (const { svg, png } of large) {
    const width = Number(/ width="([\d.]+)"/.exec(svg)?.[1]);
    const header = new DataView(png.buffer, png.byteOffset, 24);
    expect(header.getUint32(0)).toBe(0x89504e47);
    // The width stands at byte 16 of a PNG, in its IHDR chunk.
    expect(Math.abs(header.getUint32(16) - 2 * width)).toBeLessThanOrEqual(2);
  }
});

test('no label reaches the border of its picture, however long the name', async () => {
  const fontFiles = (
    await notoFonts(LARGE.summary.estimates.map(({ model }) => model).join(''))
  ).map(({ file }) => file);
  for (const { name, svg } of large) {
    const image = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).render();
    const { width, height, pixels } = image;
    const stained = Array.from({ length: height }, (_, y) => y).filter((y) =>
      [...Array(8).keys()].some((x) =>
        [x, width - 1 - x].some(
          (column) => pixels.readUInt32BE(4 * (y * width + column)) !== 0xffffffff,
        ),
      ),
    );
    expect([name, stained]).toEqual([name, []]);
  }
}, 60_000);

test('text is measured as the font draws it: far from a guess for every script', async () => {
  const measure = textMeasurer(await notoFonts('Illi العربية 模型'));
  // Noto Sans: I 339, l and i 258 units of 1000; a Chinese character is 1 em wide.
  expect(measure('Ili', 400)).toBeCloseTo(0.339 + 2 * 0.258, 3);
  expect(measure('模型', 400)).toBeCloseTo(2, 3);
  expect(measure('模型 Ili', 400)).toBeCloseTo(2 + 0.26 + 0.855, 2);
  const letters = [...'العربية'].reduce((sum, letter) => sum + measure(letter, 400), 0);
  expect(measure('العربية', 400)).toBeLessThan(0.95 * letters);
});

test('an SVG brings its fonts, and a title and description', () => {
  for (const { svg } of large) {
    expect(svg).toMatch(
      /^<svg [^>]*role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc><style>/,
    );
    expect(svg).toContain("@font-face{font-family:'Noto Sans SC';font-weight:400;src:url(data:");
    expect(svg.length).toBeLessThan(500_000);
  }
  expect(tuned.some(({ svg }) => svg.includes("Noto Sans SC';font-weight"))).toBe(false);
});

test('a hostile model name stays text in an SVG', () => {
  for (const { svg } of tuned) {
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0001');
    expect(svg.split('</style>')).toHaveLength(2);
  }
});
