import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { OpenPage } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core finds that keeps people out; through the debugger, which the page's policy does not bind. */
export async function seriousFindings({ page }: Pick<OpenPage, 'page'>): Promise<string[]> {
  const found: readonly AxeFinding[] = await page.evaluate(
    `${AXE}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
}
