import { expect, test } from 'vitest';
import { type Document, tableBlock } from '../../src/render/document.ts';
import { renderBlocks } from '../../src/render/html/blocks.ts';
import { renderDocumentMarkdown } from '../../src/render/markdown-document.ts';
import { renderDocumentText } from '../../src/render/text/document.ts';
import { textTable } from '../../src/render/text-table.ts';

const shifts = textTable({
  name: 'shifts',
  title: 'Shifts',
  note: 'Shift: now minus before.',
  labels: 1,
  headings: ['Culture', 'Shift', 'Finding'],
  groups: [
    { name: null, rows: [['All', '−0.10', 'not resolved']] },
    {
      name: 'Cultures',
      rows: [
        ['Arab', '+0.20', 'higher'],
        ['a|b', '0.00', 'not resolved'],
      ],
    },
  ],
  found: ['higher'],
});

const uses = textTable({
  name: 'uses',
  title: 'Uses',
  labels: 1,
  headings: ['Use', 'Fit', 'Why'],
  groups: [{ name: null, rows: [['Single answers', 'no', 'an answer is off by two points']] }],
  prose: true,
});

const document: Document = {
  title: 'Title <1>',
  blocks: [
    { kind: 'callout', label: 'Simulated', text: 'No measurement.' },
    { kind: 'heading', level: 1, text: 'Part' },
    { kind: 'text', sentences: ['First sentence.', 'Second sentence.'] },
    { kind: 'table', table: shifts },
    { kind: 'table', table: uses },
    { kind: 'details', summary: 'How', blocks: [{ kind: 'notes', notes: ['A *note*.'] }] },
  ],
};

test('a document is wrapped to the terminal, its tables aligned and grouped, its sentences a list', () => {
  expect(renderDocumentText(document, 36)).toBe(
    [
      'Title <1>',
      '',
      'SIMULATED. No measurement.',
      '',
      'Part',
      '',
      'First sentence.',
      'Second sentence.',
      '',
      'Shifts',
      '',
      'Culture  Shift       Finding',
      '───────  ─────  ────────────',
      'All      −0.10  not resolved',
      '',
      'Cultures',
      'Arab     +0.20        higher',
      'a|b       0.00  not resolved',
      '',
      'Shift: now minus before.',
      '',
      'Uses',
      '- Single answers: no; an answer is',
      '  off by two points',
      '',
      'How',
      '',
      '- A *note*.',
      '',
    ].join('\n'),
  );
});

test('a document is Markdown in which no text becomes markup', () => {
  expect(renderDocumentMarkdown(document)).toBe(
    [
      '# Title &lt;1>',
      '',
      '> **Simulated.** No measurement.',
      '',
      '## Part',
      '',
      'First sentence.',
      '',
      'Second sentence.',
      '',
      '## Shifts',
      '',
      '| Culture | Shift | Finding |',
      '| :-- | --: | --: |',
      '| All | −0.10 | not resolved |',
      '| **Cultures** |  |  |',
      '| Arab | +0.20 | higher |',
      '| a\\|b | 0.00 | not resolved |',
      '',
      'Shift: now minus before.',
      '',
      '## Uses',
      '',
      '| Use | Fit | Why |',
      '| :-- | :-- | :-- |',
      '| Single answers | no | an answer is off by two points |',
      '',
      '<details><summary>How</summary>',
      '',
      '- A \\*note\\*.',
      '',
      '</details>',
      '',
    ].join('\n'),
  );
});

test('a document is blocks of a page, with findings marked and groups headed', () => {
  const markup = renderBlocks(document)
    .map((block) => block.markup)
    .join('');
  expect(markup).toContain('<strong>Simulated.</strong>');
  expect(markup).toMatch(/<td class="text found">(?:<bdi>)?higher/u);
  expect(markup).toMatch(/<th scope="rowgroup" colspan="3"[^>]*>(?:<bdi>)?Cultures/u);
  expect(markup).toContain('<details class="source"><summary><bdi>How</bdi></summary>');
  expect(markup).not.toContain('<1>');
});

test('a list says the headings of its named columns, and what signs mean is said once', () => {
  const named = {
    ...uses,
    columns: uses.columns.map((column) => ({ ...column, prose: 'named' as const })),
  };
  const shown = renderDocumentText(
    {
      title: 'T',
      lead: ['Found.'],
      blocks: [
        { kind: 'table', table: shifts },
        { kind: 'table', table: shifts },
        { kind: 'details', summary: 'A summary that is wider', blocks: [tableBlock(named)] },
      ],
      source: 'Theirs.',
    },
    20,
  );
  expect(shown.match(/Shift: now minus/g)).toHaveLength(1);
  expect(shown).toContain('T\n\nFound.\n\nShifts');
  expect(shown).toContain('A summary that is\nwider\n');
  expect(shown).toContain('- Single answers:\n  Fit: no; Why: an\n');
  expect(shown).toMatch(/\nTheirs\.\n$/);
});

test('the charts of a part are one block; one without a drawing has its description', () => {
  const drawn = {
    ...{ name: 'a', title: 'A', subtitle: '', description: 'A falls.', choices: {}, models: [] },
    ...{ vega: {}, svg: '<svg></svg>' },
  };
  const spec = { data: { values: [] }, mark: 'bar' as const };
  const bare = { name: 'b', title: 'B', description: 'B rises.', spec };
  const [block] = renderBlocks({
    title: '',
    blocks: [{ kind: 'charts', charts: [drawn, { ...drawn, name: 'c' }, bare] }],
  });
  expect(block?.markup.match(/<div class="charts">/g)).toHaveLength(1);
  expect(block?.markup.match(/<figure class="chart"/g)).toHaveLength(2);
  expect(block?.markup).toContain('<p>B rises.</p>');
});
