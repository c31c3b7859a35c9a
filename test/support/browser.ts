import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why there is no browser to test in; null where there is one. In CI its absence is a failure. */
export function whyNoBrowser(): string | null {
  if (existsSync(CHROMIUM)) return null;
  const reason = `no browser at ${CHROMIUM} (apt-get install chromium, or set CHROMIUM)`;
  if (process.env['CI']) throw new Error(reason);
  process.stderr.write(`Browser tests are skipped: ${reason}\n`);
  return reason;
}

export interface Look {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly scripts?: boolean;
  /** The page is a folder: requests for files next to it are its own. */
  readonly folder?: boolean;
}

/** A page that is open, with all that went wrong in it so far. */
export interface OpenPage {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, refusals of the policy. */
  readonly complaints: readonly string[];
  /** Requests for anything but the file itself, or the page's own server or folder. */
  readonly requests: readonly string[];
  /** Dialogs that a script opened. */
  readonly dialogs: readonly string[];
  close(): Promise<void>;
}

export interface TestBrowser {
  /** A file, or a page of a server on this machine: its own requests are let through then. */
  open(fileOrUrl: string, look?: Look): Promise<OpenPage>;
  close(): Promise<void>;
}

/** One browser for a whole test file, its profile new and thrown away. */
export async function launchBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'care-judge-browser-'));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [...FLAGS, `--disk-cache-dir=${profile}`],
  });
  return {
    open: async (fileOrUrl, look = {}) => {
      const context = await browser.newContext({
        viewport: { width: look.width ?? 1280, height: 900 },
        colorScheme: look.scheme ?? 'light',
        javaScriptEnabled: look.scripts ?? true,
        reducedMotion: 'reduce',
      });
      return await openPage(context, fileOrUrl, look);
    },
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function openPage(context: BrowserContext, place: string, look: Look): Promise<OpenPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const dialogs: string[] = [];
  const url = /^(?:https?|file):/.test(place) ? new URL(place) : pathToFileURL(place);
  const isOwn = ownRequests(url, look);
  await page.route('**/*', async (route) => {
    if (isOwn(route.request().url())) return await route.continue();
    requests.push(route.request().url());
    await route.abort();
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(url.href);
  return { page, complaints, requests, dialogs, close: () => context.close() };
}

function ownRequests(url: URL, { folder }: Look): (asked: string) => boolean {
  if (url.protocol !== 'file:') return (asked) => new URL(asked).origin === url.origin;
  const [page] = url.href.split('#');
  return folder
    ? (asked) => asked.startsWith(new URL('.', url).href)
    : (asked) => asked.split('#')[0] === page;
}

/** Draws every chart, as a reader does who scrolls to the end. */
export async function drawAllCharts(page: Page): Promise<number> {
  const charts = page.locator('[data-chart]:visible');
  const count = await charts.count();
  for (let index = 0; index < count; index += 1) {
    const chart = charts.nth(index);
    await chart.scrollIntoViewIfNeeded();
    await chart.and(page.locator('[data-state="live"]')).waitFor({ state: 'attached' });
  }
  return count;
}
