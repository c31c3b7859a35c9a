import { expect, test } from 'vitest';
import { renderCsv } from '../../src/render/csv.ts';
import { renderBlocks } from '../../src/render/html/blocks.ts';
import { renderLatex } from '../../src/render/latex.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import type { ComparisonCell, Table } from '../../src/render/table.ts';
import { renderDocumentText } from '../../src/render/text/document.ts';

const compared: ComparisonCell = {
  kind: 'comparison',
  printed: '4.61',
  implied: { figure: '4.73', meaning: 'Mean of its categories' },
  estimate: { value: 7, low: 6.5, high: 7.5, n: 28, missing: 2, method: 'mean' },
  signed: false,
  difference: { value: 2.39, low: -0.1, high: 2.9 },
  verdict: 'differs',
  reason: null,
};
const absent: ComparisonCell = {
  ...compared,
  printed: '0.31',
  implied: null,
  estimate: null,
  signed: true,
  difference: null,
  verdict: null,
  reason: 'no such series',
};

const table: Table = {
  name: 'table3-arab',
  title: 'Arab',
  note: '',
  labels: ['Model'],
  columns: ['Average', 'Opinion'].map((heading) => ({ group: null, heading, average: false })),
  rows: [{ labels: ['Qwen'], cells: [compared, absent] }],
};

test('each format shows of a comparison what it has room for', () => {
  const shown = renderDocumentText({ title: 'T', blocks: [{ kind: 'table', table }] }, 80);
  expect(shown).toContain('Qwen   4.61† → 7.00 ≠  0.31 → –\n');
  expect(renderMarkdown(table)).toContain(
    '| Qwen | 4.61† (4.73) → **7.00** (6.50–7.50) n=28, 2 missing<br>+2.39 (−0.10 to +2.90)<br>≠ differs | 0.31 → **–**<br>no such series |',
  );
  expect(renderCsv(table, { bom: false })).toBe(
    'Model,Average,Opinion\nQwen,4.61† → 7.00 ≠,0.31 → –\n',
  );
  const code = renderLatex(table);
  expect(code).toContain('\\providecommand{\\reproduced}[4]');
  expect(code).toContain(
    'Qwen & \\reproduced{4.61$^\\dagger$}{7.00}{+2.39 ($-$0.10 to +2.90)}{\\neq} & \\reproduced{0.31}{--}{}{} \\\\',
  );
  expect(code).toContain('\\resizebox{\\textwidth}');
  const [{ markup } = { markup: '' }] = renderBlocks({
    title: '',
    blocks: [{ kind: 'table', table }],
  });
  expect(markup).toContain('4.61<abbr title="Mean of its categories: 4.73">†</abbr> → <b>7.00</b>');
  expect(markup).toContain('<span class="range">6.50–7.50, n=28, 2 missing</span>');
  expect(markup).toContain('<span class="verdict-differs">≠ differs</span>');
  expect(markup).toContain('<span class="verdict-none">no such series</span>');
});
