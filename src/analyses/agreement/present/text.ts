import { escapeText, renderMarkdown } from '../../../render/markdown.ts';
import type { Table } from '../../../render/table.ts';
import { renderTexts, type TextOptions } from '../../../render/text/text.ts';
import { wrapWords } from '../../../render/text/wrap.ts';
import type { AgreementReport } from '../schema.ts';
import { humanScaleSentences } from './human-scale-sentences.ts';
import { humanScaleTables } from './human-scale-tables.ts';
import { agreementSentences, ratingSentences } from './sentences.ts';
import { agreementTables, agreementTitle } from './tables.ts';

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
