import { renderCsv } from '../../render/csv.ts';
import type { Document } from '../../render/document.ts';
import { renderDocumentPage } from '../../render/html/document-page.ts';
import { renderLatex } from '../../render/latex.ts';
import { renderMarkdown } from '../../render/markdown.ts';
import { renderDocumentMarkdown } from '../../render/markdown-document.ts';
import type { Table } from '../../render/table.ts';
import { presentQuestionSet } from './present.ts';
import type { QuestionSet } from './schema.ts';

/** The page, Markdown, JSON, and every table as CSV, LaTeX and Markdown; all findings are in them. */
export function questionSetFiles(
  set: QuestionSet,
): { readonly name: string; readonly content: string }[] {
  const document = presentQuestionSet(set, Number.POSITIVE_INFINITY);
  return [
    {
      name: 'items.html',
      content: renderDocumentPage(document, {
        kind: 'Question set',
        opening: 'Summary',
        simulated: null,
        origin: 'question files',
      }),
    },
    { name: 'items.md', content: renderDocumentMarkdown(document) },
    { name: 'items.json', content: `${JSON.stringify(set, null, 2)}\n` },
    ...tablesOf(document).flatMap((table) => [
      { name: `tables/${table.name}.csv`, content: renderCsv(table, { bom: false }) },
      { name: `tables/${table.name}.tex`, content: renderLatex(table) },
      { name: `tables/${table.name}.md`, content: renderMarkdown(table) },
    ]),
  ];
}

function tablesOf({ blocks }: Document): Table[] {
  return blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []));
}
