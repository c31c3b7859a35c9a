import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { renderCsv } from '../../src/render/csv.ts';
import { escapeLatex, renderLatex } from '../../src/render/latex.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import type { Table } from '../../src/render/table.ts';
import { renderText, renderTexts } from '../../src/render/text/text.ts';
import { reportTables } from '../../src/report/tables.ts';
import { estimate, handMadeSummary } from '../report/hand-made.ts';

const TABLES = reportTables(handMadeSummary());

test.each(TABLES.map((table) => [table.name, table] as const))(
  '%s looks as in its golden files',
  async (name, table) => {
    const golden = `../golden/report/${name}`;
    await expect(renderMarkdown(table)).toMatchFileSnapshot(`${golden}.md`);
    await expect(renderCsv(table, { bom: false })).toMatchFileSnapshot(`${golden}.csv`);
    await expect(renderLatex(table)).toMatchFileSnapshot(`${golden}.tex`);
    await expect(renderText(table, { width: 80 })).toMatchFileSnapshot(`${golden}.txt`);
  },
);

/** One row whose names are hostile, with a best and a sparse figure. */
function tableOf(name: string): Table {
  return {
    name: 'hostile',
    title: name,
    note: name,
    labels: ['Model', name],
    columns: [{ group: name, heading: name, average: true }],
    rows: [
      {
        labels: [name, name],
        cells: [
          {
            kind: 'rating',
            estimate: estimate('8.5 8.25 8.75 30'),
            macro: 8.75,
            mark: 'best',
            tiedWithBest: null,
            sparse: false,
          },
        ],
      },
    ],
  };
}

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
  'CSV keeps a spreadsheet from running %j',
  (name) => {
    const [heading = [], row = []] = parse(renderCsv(tableOf(name), { bom: false }));
    expect(row.slice(0, 2)).toEqual([`'${name}`, `'${name}`]);
    expect(heading[1]).toBe(`'${name}`);
  },
);

test('CSV gives figures unrounded in columns of their own, negative ones as numbers', () => {
  const table = tableOf('x');
  const cells = [
    {
      kind: 'difference',
      estimate: { ...estimate('0 - - 12 3'), value: -0.12345678901 },
      macro: null,
      mark: null,
      tiedWithBest: null,
      sparse: false,
    },
  ] as const;
  const rows = parse(
    renderCsv({ ...table, rows: [{ labels: ['a', 'b'], cells }] }, { bom: true }),
    {
      bom: true,
      columns: true,
    },
  );
  expect(rows).toEqual([
    {
      Model: 'a',
      x: 'b',
      'x: x value': '-0.12345678901',
      'x: x low': '',
      'x: x high': '',
      'x: x n': '12',
      'x: x missing': '3',
      'x: x macro': '',
      'x: x mark': '',
    },
  ]);
});

test('CSV begins with a byte order mark when asked to', () => {
  expect(renderCsv(tableOf('x'), { bom: true }).startsWith('\ufeffModel')).toBe(true);
  expect(renderCsv(tableOf('x'), { bom: false }).startsWith('Model')).toBe(true);
});

test('Markdown shows names as they are written, never as markup', () => {
  const markdown = renderMarkdown(tableOf('a|b\n`c` <img src=x> *d* _e_ [f](g) &amp; ~h~ #i \\|'));
  expect(markdown).toContain(
    '| a\\|b \\`c\\` &lt;img src=x> \\*d\\* \\_e\\_ \\[f\\](g) &amp;amp; \\~h\\~ \\#i \\\\\\| |',
  );
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'));
  expect(lines).toHaveLength(3);
});

test('LaTeX escapes every special character', () => {
  expect(escapeLatex('a_b & 50% #1 $x$ {y} ~z ^w \\n <t> "q" `g` [h]')).toBe(
    'a\\_b \\& 50\\% \\#1 \\$x\\$ \\{y\\} \\textasciitilde{}z \\textasciicircum{}w \\textbackslash{}n ' +
      '\\textless{}t\\textgreater{} \\textquotedbl{}q\\textquotedbl{} \\textasciigrave{}g\\textasciigrave{} {[}h{]}',
  );
});

test('control and formatting characters do not reach LaTeX', () => {
  expect(escapeLatex('a\u202eb\u0000c\n\nd')).toBe('a b c d');
});

test('tables printed together say what their signs mean once', () => {
  const printed = renderTexts(TABLES, { width: 500 });
  expect(printed.split('95 % interval; n = rated questions').length - 1).toBe(1);
});
