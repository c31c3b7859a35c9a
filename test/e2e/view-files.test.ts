import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTextFile } from '../../src/adapters/files/write-atomically.ts';
import { openRunStore } from '../../src/adapters/sqlite/write/run-store.ts';
import { withStore } from '../../src/cli/context.ts';
import type { RunStore } from '../../src/ports/run-store.ts';
import { resolveRuns } from '../../src/series/names/resolve-run.ts';
import { staticPages } from '../../src/web/static/static-pages.ts';
import { seriousFindings } from '../support/axe.ts';
import {
  launchBrowser,
  type OpenPage,
  type TestBrowser,
  whyNoBrowser,
} from '../support/browser.ts';
import { pageScript } from '../support/page-script.ts';
import { JUDGMENT_META, planRun, rated } from '../support/stored-run.ts';
import { openView, SHAPE, TOKEN, writeStore } from '../web/scene.ts';

const reason = whyNoBrowser();
const inBrowser = test.skipIf(reason !== null);
const folder = mkdtempSync(join(tmpdir(), 'care-judge-view-files-'));
const pages = pathToFileURL(join(folder, 'pages', 'index.html')).href;
const PAIRS = '#/?side=Strong+@+zero-shot&side=Weak+(Vanilla)+@+zero-shot&sort=difference';
let browser: TestBrowser | null = null;

beforeAll(async () => {
  if (reason !== null) return;
  browser = await launchBrowser();
  const db = join(folder, 'store.sqlite');
  await writeStore(db);
  await writePages(db, await pageScript());
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function browserOf(): TestBrowser {
  if (browser === null) throw new Error('the browser is not open');
  return browser;
}

async function writePages(db: string, script: string): Promise<void> {
  await withStore(db, async (archive) => {
    const runs = resolveRuns(archive, []);
    for await (const { path, text } of staticPages(archive, { runs, script }))
      await writeTextFile(join(folder, 'pages', path), text);
  });
}

async function openPages(hash: string): Promise<OpenPage> {
  const opened = await browserOf().open(`${pages}${hash}`, { folder: true });
  await opened.page.locator('.found, article.answer').first().waitFor();
  return opened;
}

inBrowser(
  'as files from a disk: the same lists, figures and answers, and nobody rates',
  async () => {
    const opened = await openPages('#/?culture=Arab&sort=rating&model=Strong');
    const { page } = opened;
    expect(await page.locator('.entries .id').allTextContents()).toEqual(['ar-2', 'ar-3', 'ar-1']);
    await page.locator('.entries a').first().click();
    await page.locator('article.answer').waitFor();
    expect(await page.locator('.place').textContent()).toContain('1 of 3');
    expect(await page.locator('.verdict-of').allTextContents()).toHaveLength(2);
    expect(await page.locator('.rate').count()).toBe(0);
    await page.goto(`${pages}#/?q=屈原&in=answer`);
    await expect.poll(() => page.locator('.found').textContent()).toBe('1 of 12 answers');
    await page.goto(`${pages}${PAIRS}`);
    await page.locator('.figures').waitFor();
    expect(await page.locator('.figures tbody td').allTextContents()).toContain('4/1/1');
    const serious = await seriousFindings(opened);
    expect({ ...opened, serious }).toMatchObject({
      complaints: [],
      requests: [],
      dialogs: [],
      serious: [],
    });
    await opened.close();
  },
);

inBrowser(
  'a run that goes on is followed: its answers and counts come without a reload',
  async () => {
    const db = join(folder, 'going.sqlite');
    const store = openRunStore(db);
    const run = planRun(store, SHAPE);
    const session = store.beginSession(run, {});
    const view = await openView(db, await pageScript());
    const { page, close } = await browserOf().open(`${view.url}/?token=${TOKEN}`);
    await page.locator('.found').waitFor();
    expect(await page.locator('.progress').textContent()).toBe('0 of 24 ratings');
    await judgeOne(store, run, 0);
    await page.reload();
    await expect
      .poll(() => page.locator('.progress').textContent(), FOLLOWS)
      .toBe('running 1 of 24 ratings');
    await judgeOne(store, run, 1);
    await expect.poll(() => page.locator('.progress').textContent(), FOLLOWS).toContain('2 of 24');
    await expect
      .poll(() => page.locator('.rated b').allTextContents(), FOLLOWS)
      .toEqual(['7 of 10', '7 of 10']);
    store.endSession(session, {
      endedAt: 1,
      outcome: 'finished',
      calls: 2,
      limits: [],
      spending: [],
    });
    await expect.poll(() => page.locator('.live').count(), FOLLOWS).toBe(0);
    await close();
    await view.close();
    store.close();
  },
);

/** A run is looked at every other second. */
const FOLLOWS = { timeout: 30_000 };

/** Stores the first verdict that is missing of a model's answers. */
async function judgeOne(store: RunStore, run: string, model: number): Promise<void> {
  const [unit] = store.pendingUnits(run, { model, after: -1, limit: 1, retryMissing: false });
  const [judgment] = unit?.judgments ?? [];
  if (judgment === undefined) throw new Error('nothing is pending');
  await store.saveJudgment(judgment.id, rated(7), JUDGMENT_META);
}
