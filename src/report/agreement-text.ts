import type { AgreementReport } from '../summary/agreement-report.ts';
import { agreementSentences, ratingSentences } from './agreement-sentences.ts';
import { agreementTables, agreementTitle } from './agreement-tables.ts';
import { humanScaleSentences } from './human-scale-sentences.ts';
import { humanScaleTables } from './human-scale-tables.ts';
import { escapeText, renderMarkdown } from './markdown.ts';
import type { Table } from './table.ts';
import { renderTexts, type TextOptions } from './text.ts';
import { wrapWords } from './text-wrap.ts';

/** Tables for reading; every slice with every measure is for files. */
function shown(report: AgreementReport): Table[] {
  return [
    ...agreementTables(report).filter(({ name }) => name !== 'agreement-slices'),
    ...humanScaleTables(report.humanScale),
  ];
}

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
    ...report.humanScale
      .flatMap(humanScaleSentences)
      .flatMap((sentence) => wrapWords(sentence, options.width)),
    '',
    renderTexts(shown(report), options),
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
    ...report.humanScale
      .flatMap(humanScaleSentences)
      .flatMap((sentence) => [escapeText(sentence), '']),
    ...shown(report).map(renderMarkdown),
  ].join('\n');
}
