import type { AgreementReport } from '../summary/agreement-report.ts';
import { agreementSentences, ratingSentences } from './agreement-sentences.ts';
import { agreementTables, agreementTitle } from './agreement-tables.ts';
import { escapeText, renderMarkdown } from './markdown.ts';
import type { Table } from './table.ts';
import { renderTexts, type TextOptions } from './text.ts';
import { wrapWords } from './text-wrap.ts';

/** Every slice with every measure is for files. */
const shown = (tables: readonly Table[]) =>
  tables.filter(({ name }) => name !== 'agreement-slices');

/** For a terminal. */
export function renderAgreementText(report: AgreementReport, options: TextOptions): string {
  const paragraphs = report.agreements.flatMap((agreement) => [
    agreementTitle(agreement),
    ...agreementSentences(agreement).flatMap((sentence) => wrapWords(sentence, options.width)),
    '',
  ]);
  return [
    ...ratingSentences(report),
    '',
    ...paragraphs,
    renderTexts(shown(agreementTables(report)), options),
  ].join('\n');
}

/** As GitHub-flavoured Markdown. */
export function renderAgreementMarkdown(report: AgreementReport): string {
  return [
    '# Agreement',
    '',
    ...ratingSentences(report).flatMap((sentence) => [escapeText(sentence), '']),
    ...report.agreements.flatMap((agreement) => [
      `## ${escapeText(agreementTitle(agreement))}`,
      '',
      ...agreementSentences(agreement).map((sentence) => `- ${escapeText(sentence)}`),
      '',
    ]),
    ...shown(agreementTables(report)).map(renderMarkdown),
  ].join('\n');
}
