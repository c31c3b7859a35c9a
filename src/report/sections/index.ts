import { humanScaleTables } from '../../analyses/agreement/present/human-scale-tables.ts';
import { presentAgreement } from '../../analyses/agreement/present.ts';
import { presentRunComparisons } from '../../analyses/comparison/present.ts';
import { presentDrift } from '../../analyses/drift/present.ts';
import { presentJudgeCards } from '../../analyses/judge-card/present.ts';
import { renderBlocks } from '../../render/html/blocks.ts';
import { charts } from '../../render/html/charts.ts';
import { figures } from '../../render/html/figures.ts';
import { answerLanguageTable } from '../tables/answer-language-table.ts';
import { coverageTable } from '../tables/coverage-table.ts';
import { differenceTable } from '../tables/difference-table.ts';
import { expectedTable } from '../tables/expected-table.ts';
import { givenTable } from '../tables/external-table.ts';
import { languageTable } from '../tables/language-table.ts';
import { missingBoundsTable } from '../tables/missing-bounds-table.ts';
import {
  byCategory,
  byCulture,
  cultureByCategory,
  scopeByCulture,
  styleByCulture,
} from '../tables/rating-tables.ts';
import { scopeContrastTable } from '../tables/scope-contrast-table.ts';
import { examples } from './examples.ts';
import { juries } from './juries.ts';
import { missingCauses } from './missing-causes.ts';
import { missingTests } from './missing-tests.ts';
import { provenance } from './provenance.ts';
import { ratingTable } from './ratings.ts';
import { rightAnswers, rightAnswerTables } from './right-answers.ts';
import type { ReportSection } from './section.ts';
import { settingsApart } from './settings-apart.ts';
import { suspects } from './suspects.ts';

/**
 * The report, part by part, in its order. A new part is a line here: its tables then stand on the page,
 * in the terminal and among the files.
 */
export const reportSections: readonly ReportSection[] = [
  { id: 'settings-apart', title: 'What differs between the runs', page: settingsApart },
  {
    id: 'ratings',
    scale: 'rating',
    title: 'Ratings by culture and category',
    tables: (summary) => [cultureByCategory(summary)],
  },
  { id: 'charts', title: 'Charts', page: (source) => [charts(source.charts)] },
  {
    id: 'cultures',
    scale: 'rating',
    title: 'By culture',
    tables: (summary) => [byCulture(summary)],
  },
  {
    id: 'categories',
    scale: 'rating',
    title: 'By category',
    tables: (summary) => [byCategory(summary)],
  },
  {
    id: 'styles',
    scale: 'rating',
    title: 'By prompting style',
    tables: (summary) => [severalStyles(summary) ? styleByCulture(summary) : null],
  },
  {
    id: 'scope',
    scale: 'rating',
    title: 'By geographic scope',
    tables: (summary) => [
      summary.scopes.length > 0 ? scopeByCulture(summary) : null,
      scopeContrastTable(summary),
    ],
  },
  {
    id: 'baseline',
    scale: 'rating',
    title: 'Difference from the baseline',
    tables: (summary) => [differenceTable(summary)],
  },
  {
    id: 'right-answers',
    scale: 'accuracy',
    title: 'Right answers',
    tables: (summary) => rightAnswerTables(summary),
    page: (source, tables) => rightAnswers(source, tables),
  },
  {
    id: 'comparison',
    title: 'Models compared question by question',
    page: (source) => renderBlocks(presentRunComparisons(source.comparisons, 'page')),
  },
  { id: 'given', title: 'Given, not measured', tables: (summary) => [givenTable(summary)] },
  {
    id: 'juries',
    title: 'Juries',
    page: ({ summary, juryExamples }) => [juries(summary.juries ?? [], juryExamples ?? [])].flat(),
  },
  { id: 'expected', title: 'Expected ratings', tables: (summary) => [expectedTable(summary)] },
  {
    id: 'answer-language',
    title: 'Answers in another language',
    tables: (summary) => [answerLanguageTable(summary)],
  },
  {
    id: 'coverage',
    scale: 'rating',
    title: 'Coverage and missing ratings',
    tables: (summary) => [
      coverageTable(summary),
      languageTable(summary),
      missingBoundsTable(summary),
    ],
    page: ({ summary }, tables) =>
      [...tables.map(figures), missingCauses(summary), missingTests(summary)].flat(),
  },
  {
    id: 'distribution',
    title: 'How the ratings are distributed',
    page: (source) => [ratingTable(source.ratings)].flat(),
  },
  {
    id: 'judge',
    title: 'Is the judge right?',
    tables: ({ humanScale }) => humanScaleTables(humanScale ?? []),
    page: ({ agreement, agreementCharts, summary: { humanScale = [] } }) =>
      agreement === null
        ? []
        : renderBlocks(presentAgreement({ ...agreement, humanScale }, agreementCharts)),
  },
  {
    id: 'drift',
    title: 'Whether the judge drifted',
    page: (source) => renderBlocks(presentDrift(source.drift)),
  },
  {
    id: 'judge-card',
    title: 'Judge card',
    page: (source) => renderBlocks(presentJudgeCards(source.cards, null)),
  },
  {
    id: 'examples',
    title: 'Examples',
    page: (source) => [examples(source.examples), suspects(source.suspects)].flat(),
  },
  {
    id: 'provenance',
    title: 'Settings and provenance',
    page: (source) => [provenance(source)].flat(),
  },
];

function severalStyles({
  estimates,
}: {
  readonly estimates: readonly { readonly style: string }[];
}) {
  return new Set(estimates.map(({ style }) => style)).size > 1;
}
