import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousFindings } from '../support/axe.ts';
import {
  type Look,
  launchBrowser,
  type OpenPage,
  type TestBrowser,
  whyNoBrowser,
} from '../support/browser.ts';
import { pageScript } from '../support/page-script.ts';
import { type OpenView, openView, TOKEN, writeStore } from '../web/scene.ts';
import { HOSTILE_MARKS, writeHostileStore } from './hostile-report.ts';

const reason = whyNoBrowser();
const inBrowser = test.skipIf(reason !== null);
const folder = mkdtempSync(join(tmpdir(), 'care-judge-view-page-'));
let browser: TestBrowser | null = null;
let usual: OpenView | null = null;
let hostile: OpenView | null = null;

beforeAll(async () => {
  if (reason !== null) return;
  const script = await pageScript();
  browser = await launchBrowser();
  const db = join(folder, 'store.sqlite');
  await writeStore(db);
  usual = await openView(db, script);
  const attacks = join(folder, 'hostile.sqlite');
  await writeHostileStore(attacks);
  hostile = await openView(attacks, script);
});
afterAll(async () => {
  await browser?.close();
  await usual?.close();
  await hostile?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the pages’ script is at most 80 KB compressed', async () => {
  expect(gzipSync(await pageScript()).length).toBeLessThanOrEqual(80_000);
});

async function open(view: OpenView | null, hash = '', look?: Look): Promise<OpenPage> {
  if (browser === null || view === null) throw new Error('the browser is not open');
  const opened = await browser.open(`${view.url}/?token=${TOKEN}${hash}`, look);
  await opened.page.locator('.found, article.answer').first().waitFor();
  return opened;
}

const PAIRS = '#/?side=Strong+@+zero-shot&side=Weak+(Vanilla)+@+zero-shot&sort=difference';
const looks = [
  ['the list', () => usual, '', {}],
  ['the list in the dark', () => usual, '', { scheme: 'dark' }],
  ['the list on a phone', () => usual, '', { width: 390 }],
  ['an answer', () => usual, '#//1', {}],
  ['an answer in the dark', () => usual, '#//7', { scheme: 'dark' }],
  ['an answer on a phone', () => usual, '#//7', { width: 390 }],
  ['two series', () => usual, PAIRS, {}],
  ['two series on a phone', () => usual, PAIRS, { width: 390 }],
  ['a hostile list', () => hostile, '', { width: 390 }],
  ['a hostile answer', () => hostile, '#//1', {}],
] as const;

inBrowser.each(looks)(
  '%s: no complaint, no request elsewhere, nothing serious for axe, no scrolling sideways',
  async (_name, view, hash, look) => {
    const opened = await open(view(), hash, look);
    const overflow = await opened.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    const found = { ...opened, overflow, serious: await seriousFindings(opened) };
    expect(found).toMatchObject({
      complaints: [],
      requests: [],
      dialogs: [],
      overflow: 0,
      serious: [],
    });
    await opened.close();
  },
);

inBrowser('the key leaves the address, and a reload works by the cookie', async () => {
  const { page, close } = await open(usual, '#/?culture=Arab');
  expect(page.url()).toBe(`${usual?.url}/#/?culture=Arab`);
  await page.reload();
  await page.locator('.found').waitFor();
  expect(await page.locator('.found').textContent()).toBe('6 of 12 answers');
  await close();
});

inBrowser(
  'filters, search and order are in the address, and a link leads back to them',
  async () => {
    const { page, close } = await open(usual);
    await page.getByLabel(/^Arab/).check();
    await expect.poll(() => page.locator('.found').textContent()).toBe('6 of 12 answers');
    await page.getByLabel('Order').selectOption('-rating');
    await page.keyboard.press('Escape');
    await page.locator('.entries a').first().focus();
    await page.keyboard.press('/');
    await page.keyboard.type('القهوة');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.found').textContent()).toBe('2 of 12 answers');
    expect(await page.locator('mark').first().textContent()).toBe('القهوة');
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await expect.poll(() => page.locator('.found').textContent()).toBe('2 of 12 answers');
    await page.getByRole('button', { name: 'Remove filter “القهوة”' }).click();
    await expect.poll(() => page.locator('.found').textContent()).toBe('6 of 12 answers');
    await close();
  },
);

inBrowser('by keyboard alone: walk, open, rate, go on and come back', async () => {
  const { page, close } = await open(usual, '#/?model=Strong&sort=rating');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('article.answer').waitFor();
  expect(await page.locator('.place').textContent()).toContain('2 of 6');
  await page.keyboard.press('7');
  await expect.poll(() => focusedLabel(page)).toBe('Your name');
  await page.keyboard.type('Nour');
  await page.keyboard.press('Tab');
  await page.locator('.rate button').first().focus();
  await page.keyboard.press('0');
  await expect
    .poll(() => page.locator('.rate [role=status]').textContent())
    .toBe('Saved: 10 by Nour.');
  await page.keyboard.press('4');
  await expect.poll(() => page.locator('.raters').textContent()).toBe('4 Nour');
  await page.keyboard.press('j');
  await expect.poll(() => page.locator('.place').textContent()).toContain('3 of 6');
  expect(await page.locator('.raters').count()).toBe(0);
  await page.keyboard.press('u');
  await page.locator('.found').waitFor();
  await expect.poll(() => page.locator('.rated .people').first().textContent()).toBe('people 4');
  await close();
});

function focusedLabel(page: Page): Promise<string> {
  return page.evaluate<string>(
    "document.activeElement?.closest('label')?.firstChild?.textContent ?? ''",
  );
}

inBrowser('blind, neither model nor verdict is shown until a rating is given', async () => {
  const { page, close } = await open(usual, '#//3');
  await page.getByLabel('Rate blind').check();
  expect(await page.locator('article.answer').textContent()).not.toMatch(
    /Judge A|Strong|Rating: \[\[/,
  );
  await page.getByLabel('Your name').fill('Ken');
  await page.getByLabel('Your name').blur();
  await page.getByRole('button', { name: '6', exact: true }).click();
  await expect.poll(() => page.locator('.verdicts').textContent()).toContain('Judge A');
  await page.keyboard.press('u');
  await page.locator('.found').waitFor();
  expect(await page.locator('.entries').textContent()).not.toMatch(/Strong|Weak/);
  await close();
});

inBrowser(
  'Arabic is set from right to left, names keep their place, shared words are tinted',
  async () => {
    const { page, close } = await open(usual, '#/?culture=Arab&model=Strong');
    await page.locator('.entries a').first().click();
    const question = page.locator('section:has(#question-title) .passage');
    expect(await question.getAttribute('dir')).toBe('rtl');
    expect(await question.getAttribute('lang')).toBe('ar');
    // القهوة رمز الكرم والضيافة. against القَهْوَةُ رمز الكرم: three of four words.
    expect(await page.locator('.toggle .fine').textContent()).toContain('3 of 4 words');
    expect(await page.locator('section:has(#answer-title) .shared').textContent()).toBe(
      'القَهْوَةُ رمز الكرم',
    );
    await page.keyboard.press('d');
    expect(await page.locator('.shared').count()).toBe(0);
    await close();
  },
);

inBrowser('the pairs are shown by relation, each side opens', async () => {
  const { page, close } = await open(usual, PAIRS);
  expect(await page.locator('.figures tbody td').allTextContents()).toContain('4/1/1');
  await page.getByLabel('Show').selectOption('lost');
  await expect.poll(() => page.locator('.found').textContent()).toBe('1 of 6 questions');
  await page.locator('.pair a.open').last().click();
  await page.locator('article.answer').waitFor();
  expect(await page.locator('article.answer header').textContent()).toContain('Weak (Vanilla)');
  await close();
});

inBrowser('texts of models, data and people run nothing and make no element', async () => {
  const opened = await open(hostile, '#//1');
  const { page } = opened;
  await page.getByLabel('Your name').fill('<img src=x onerror="globalThis.hostile = 6">');
  await page.getByLabel('Note').fill('</textarea><script>globalThis.hostile = 7</script>');
  await page.getByRole('button', { name: '6', exact: true }).click();
  await page.locator('.raters').waitFor();
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  const text = (await page.evaluate<string>('document.body.innerText')).replaceAll('\n', ' ');
  for (const mark of HOSTILE_MARKS) expect(text).toContain(mark);
  await page.keyboard.press('u');
  await page.locator('.found').waitFor();
  await page.goto(`${hostile?.url}/#/?q=${encodeURIComponent('<script>globalThis.hostile')}`);
  await page.locator('mark').first().waitFor();
  expect(await page.evaluate('globalThis.hostile')).toBeUndefined();
  expect(await page.locator('script').count()).toBe(1);
  expect(await page.locator('img, iframe, object, embed, base').count()).toBe(0);
  expect(await page.locator('[onerror], [onload], [onclick], a[href^="javascript"]').count()).toBe(
    0,
  );
  expect(opened).toMatchObject({ complaints: [], requests: [], dialogs: [] });
  await opened.close();
});
