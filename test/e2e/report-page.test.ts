import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousFindings } from '../support/axe.ts';
import {
  drawAllCharts,
  type Look,
  launchBrowser,
  type OpenPage,
  type TestBrowser,
  whyNoBrowser,
} from '../support/browser.ts';
import { HOSTILE_MARKS, writeHostileReport } from './hostile-report.ts';

const SAMPLE = new URL('../../reports/sample/report.html', import.meta.url).pathname;
const reason = whyNoBrowser();
const inBrowser = test.skipIf(reason !== null);
const folder = mkdtempSync(join(tmpdir(), 'care-judge-page-'));
let browser: TestBrowser | null = null;
let hostile = '';
let comparison = '';

beforeAll(async () => {
  if (reason !== null) return;
  browser = await launchBrowser();
  ({ report: hostile, comparison } = await writeHostileReport(folder));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(file: string, look?: Look): Promise<OpenPage> {
  if (browser === null) throw new Error('the browser is not open');
  return await browser.open(file, look);
}

const looks = [
  ['the sample, light', () => SAMPLE, {}],
  ['the sample, dark', () => SAMPLE, { scheme: 'dark' }],
  ['the sample on a phone', () => SAMPLE, { width: 390 }],
  ['a hostile report', () => hostile, {}],
  ['a hostile report on a phone', () => hostile, { width: 390 }],
] as const;

inBrowser.each(looks)(
  '%s: no complaint, no request, no page that scrolls sideways, nothing serious for axe',
  async (_name, file, look) => {
    const opened = await open(file(), look);
    expect(await drawAllCharts(opened.page)).toBeGreaterThan(3);
    const overflow = await opened.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    const serious = await seriousFindings(opened);
    expect({ ...opened, overflow, serious }).toMatchObject({
      complaints: [],
      requests: [],
      dialogs: [],
      overflow: 0,
      serious: [],
    });
    await opened.close();
  },
);

const comparisonLooks = [
  ['a hostile comparison', {}],
  ['a hostile comparison in the dark', { scheme: 'dark' }],
  ['a hostile comparison on a phone', { width: 390 }],
] as const;

inBrowser.each(comparisonLooks)(
  '%s: its texts are texts, nothing scrolls the page sideways, nothing serious for axe',
  async (_name, look) => {
    const opened = await open(comparison, look);
    await unfold(opened.page);
    const overflow = await opened.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    const found = { ...opened, overflow, serious: await seriousFindings(opened) };
    expect(found).toMatchObject({ complaints: [], requests: [], overflow: 0, serious: [] });
    expect(await opened.page.evaluate('globalThis.hostile')).toBeUndefined();
    const text = await opened.page.evaluate<string>('document.body.innerText');
    for (const mark of HOSTILE_MARKS) expect(text.replaceAll('\n', ' ')).toContain(mark);
    expect(await opened.page.locator('td.found').count()).toBeGreaterThan(0);
    await opened.close();
  },
);

async function unfold(page: Page): Promise<void> {
  await page.evaluate(
    "for (const details of document.querySelectorAll('details')) details.open = true",
  );
}

inBrowser('a pointer on a bar shows its figures, Escape takes them away', async () => {
  const { page, close } = await open(SAMPLE);
  await drawAllCharts(page);
  const bar = page.locator('#chart-by-culture .mark-rect path').first();
  // A scroll that ends after the pointer has come would take the tooltip away again.
  await bar.scrollIntoViewIfNeeded();
  await settled(page);
  await bar.hover();
  const tip = page.locator('.tip');
  await expect.poll(() => tip.isVisible()).toBe(true);
  expect(await tip.textContent()).toMatch(
    /Model: Strong\n[\s\S]*Mean rating: \d\.\d\d[\s\S]*Rated questions: 30/,
  );
  await page.keyboard.press('Escape');
  expect(await tip.isVisible()).toBe(false);
  await close();
});

/** Two frames on, what was scrolled has told its listeners. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((end) => requestAnimationFrame(() => requestAnimationFrame(end)))',
  );
}

inBrowser('a click on a figure says what it stands on', async () => {
  const { page, close } = await open(SAMPLE);
  // Charts above that are still being drawn would move the figure away from the click.
  await drawAllCharts(page);
  await page.locator('#cultures td[title]').first().click();
  expect(await page.locator('.tip').textContent()).toMatch(
    /95 % interval .*\n30 rated questions\nnone missing/,
  );
  await close();
});

inBrowser('a model is taken out of a chart by keyboard and put back', async () => {
  const { page, close } = await open(SAMPLE);
  await drawAllCharts(page);
  const chart = page.locator('#chart-by-culture');
  const shown = () => chart.locator('svg').textContent();
  const button = chart.getByRole('button', { name: 'Weak' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(shown).not.toContain('Weak');
  expect(await button.getAttribute('aria-pressed')).toBe('false');
  expect(await shown()).toContain('Strong');
  await page.keyboard.press('Enter');
  await expect.poll(shown).toContain('Weak');
  await close();
});

inBrowser('without scripts every chart, table and example is still there', async () => {
  const { page, close } = await open(SAMPLE, { scripts: false });
  const charts = page.locator('[data-chart]');
  expect(await charts.count()).toBeGreaterThan(3);
  expect(await charts.locator('svg').count()).toBe(await charts.count());
  expect(await page.locator('.toggles:visible').count()).toBe(0);
  expect(await page.locator('.example').count()).toBeGreaterThan(20);
  await close();
});

inBrowser.each([1280, 1440, 1920])(
  'at %i px every table and chart is whole without scrolling sideways',
  async (width) => {
    const { page, close } = await open(SAMPLE, { width });
    await drawAllCharts(page);
    await unfold(page);
    expect(await cutOff(page)).toEqual([]);
    await close();
  },
);

/** Boxes with more in them than they show. */
async function cutOff(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(
    "[...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.slice(0, 60))",
  );
}

inBrowser('on a phone charts stand one below the other and wide tables show averages', async () => {
  const { page, close } = await open(SAMPLE, { width: 390 });
  await drawAllCharts(page);
  const cut = await page.evaluate(
    "[...document.querySelectorAll('.chart .scroll, #ratings .scroll')].filter((box) => box.scrollWidth > box.clientWidth + 1).length",
  );
  expect(cut).toBe(0);
  const panels = await page
    .locator('#chart-by-culture svg .mark-rect.role-mark')
    .evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().left));
  expect(panels).toHaveLength(3);
  expect(new Set(panels.map(Math.round)).size).toBe(1);
  const table = page.locator('#ratings table');
  expect(await table.locator('thead th:visible').allTextContents()).toEqual([
    ...['Model', 'Prompting'],
    ...['ChineseAverage n 30', 'ArabAverage n 30', 'JapaneseAverage n 30'],
  ]);
  await page.getByLabel('Averages only').first().uncheck();
  expect(await table.locator('thead th.part:visible').count()).toBe(15);
  await close();
});

inBrowser(
  'a prompting style is picked by keyboard: its rows and charts, and all of them in print',
  async () => {
    const { page, close } = await open(SAMPLE);
    await drawAllCharts(page);
    const rows = page.locator('#ratings tbody tr');
    expect(await rows.locator('visible=true').count()).toBe(9);
    await page.getByRole('radio', { name: 'All' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const shown = await page.locator('#ratings tbody tr:visible').allTextContents();
    expect(shown.map((text) => text.trim().split('\n')[0]?.slice(0, 22))).toEqual([
      expect.stringMatching(/^Strongchain-of-thought/),
      expect.stringMatching(/^Middlingchain-of-/),
      expect.stringMatching(/^Weakchain-of-thought/),
    ]);
    expect(await page.locator('#ratings tbody .again:visible').count()).toBe(0);
    expect(await page.locator('#chart-by-culture-chain-of-thought').isVisible()).toBe(true);
    expect(await page.locator('#chart-by-culture').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#ratings tbody tr:visible').count()).toBe(9);
    expect(await page.locator('#chart-by-culture').isVisible()).toBe(true);
    await close();
  },
);

inBrowser('a table is copied as the file that the report writes', async () => {
  const { page, close } = await open(SAMPLE);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('#cultures').getByRole('button', { name: 'Copy as CSV' }).click();
  const file = new URL('../../reports/sample/tables/by-culture.csv', import.meta.url);
  await expect
    .poll(() => page.evaluate<string>('navigator.clipboard.readText()'))
    .toBe(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  await close();
});

inBrowser('prints its tables unclipped and its charts on white', async () => {
  const { page, close } = await open(SAMPLE, { scheme: 'dark' });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.length).toBeGreaterThan(50_000);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  // A4 landscape with the page's margins is 273 mm, 1032 CSS pixels.
  await page.setViewportSize({ width: 1032, height: 700 });
  const clipped = await page.evaluate(
    "[...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > innerWidth + 1).length",
  );
  expect(clipped).toBe(0);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
  await close();
});

inBrowser('sets Arabic from right to left and names each language', async () => {
  const { page, close } = await open(SAMPLE);
  const of = (language: string) => page.locator(`.passage[lang="${language}"]`).first();
  const direction = await page.evaluate(
    "getComputedStyle(document.querySelector('.passage[lang=ar]')).direction",
  );
  expect(direction).toBe('rtl');
  expect(await of('zh').getAttribute('dir')).toBe('ltr');
  expect(await of('ja').getAttribute('dir')).toBe('ltr');
  await close();
});

inBrowser('text from models and data runs no script and makes no element', async () => {
  const opened = await open(hostile);
  await drawAllCharts(opened.page);
  await unfold(opened.page);
  expect(await opened.page.evaluate('globalThis.hostile')).toBeUndefined();
  // Three scripts, the charts' data and the tables to copy are the program's own.
  const charts = await opened.page.locator('[data-chart]').count();
  const copied = await opened.page.locator('[data-texts]').count();
  expect(await opened.page.locator('script').count()).toBe(3 + charts + copied);
  expect(
    await opened.page
      .locator(
        'img, iframe, object, embed, base, link, form:not(.switches), body a:not([href^="#"])',
      )
      .count(),
  ).toBe(0);
  expect(await opened.page.locator('[onerror], [onload], [onclick]').count()).toBe(0);
  const text = (await opened.page.evaluate<string>('document.body.innerText')).replaceAll(
    '\n',
    ' ',
  );
  for (const mark of HOSTILE_MARKS) expect(text).toContain(mark);
  await opened.close();
});
