import { agreementSection } from '../../analyses/agreement/present/html.ts';
import { comparisons } from '../../analyses/comparison/present/comparisons.ts';
import { presentDrift } from '../../analyses/drift/present.ts';
import { presentJudgeCards } from '../../analyses/judge-card/present.ts';
import { behaviour } from '../../render/html/behaviour.ts';
import { renderBlocks } from '../../render/html/blocks.ts';
import { charts } from '../../render/html/charts.ts';
import { renderDocument } from '../../render/html/document.ts';
import { figures } from '../../render/html/figures.ts';
import { type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import type { Section } from '../../render/html/section.ts';
import { examples } from '../sections/examples.ts';
import { heading } from '../sections/heading.ts';
import { juries } from '../sections/juries.ts';
import { missingTests } from '../sections/missing-tests.ts';
import { provenance } from '../sections/provenance.ts';
import { ratingTable } from '../sections/ratings.ts';
import { suspects } from '../sections/suspects.ts';
import type { PageSource } from './page-source.ts';

/** The whole report as one file that needs nothing else. The same source gives the same bytes. */
export function renderPage(source: PageSource): string {
  const { vega, interpreter } = source.runtime;
  const drawn = source.charts.length + source.agreementCharts.length > 0;
  return renderDocument({
    title: [...new Set(source.runs.map(({ definition }) => definition.name))].join(', '),
    simulated: source.simulated !== null,
    head: heading(source),
    sections: sectionsOf(source),
    scripts: drawn ? [vega, interpreter, behaviour] : [behaviour],
  });
}

/** The parts in the report's order; a part without anything to show is left out. */
function sectionsOf(source: PageSource): Section[] {
  const table = (wanted: string): Html[] =>
    source.tables.filter(({ name: own }) => own === wanted).map(figures);
  return [
    part('settings-apart', 'What differs between the runs', differences(source)),
    part('ratings', 'Ratings by culture and category', table('culture-by-category')),
    part('charts', 'Charts', charts(source.charts)),
    part('cultures', 'By culture', table('by-culture')),
    part('categories', 'By category', table('by-category')),
    part('styles', 'By prompting style', table('style-by-culture')),
    part('scope', 'By geographic scope', table('scope-by-culture'), table('scope-contrasts')),
    part('baseline', 'Difference from the baseline', table('difference-from-baseline')),
    part('comparison', 'Models compared question by question', comparisons(source.comparisons)),
    part('given', 'Given, not measured', table('given')),
    part('juries', 'Juries', juries(source.summary.juries ?? [], source.juryExamples ?? [])),
    part('expected', 'Expected ratings', table('expected-rating')),
    part('answer-language', 'Answers in another language', table('answer-language')),
    part(
      'coverage',
      'Coverage and missing ratings',
      table('coverage'),
      table('cut-short-by-language'),
      table('missing-bounds'),
      missingTests(source.summary),
    ),
    part('distribution', 'How the ratings are distributed', ratingTable(source.ratings)),
    part('judge', 'Is the judge right?', agreementSection(source)),
    part('drift', 'Whether the judge drifted', renderBlocks(presentDrift(source.drift))),
    part('judge-card', 'Judge card', renderBlocks(presentJudgeCards(source.cards, null))),
    part('examples', 'Examples', examples(source.examples), suspects(source.suspects)),
    part('provenance', 'Settings and provenance', provenance(source)),
  ].filter(({ content }) => content.markup !== '');
}

function part(id: string, title: string, ...content: readonly (Html | readonly Html[])[]) {
  return { id, title, content: html`${content}` };
}

function differences({ runs, differences: found }: PageSource): Html {
  if (runs.length < 2) return html``;
  if (found.length === 0)
    return html`<p>Nothing: their settings are the same to the last character.</p>`;
  return plainTable({
    id: 'table-differences',
    caption: 'Settings that are not the same in all runs',
    headings: ['Setting', ...runs.map(({ definition }) => definition.id)],
    rows: found.map(({ setting, values }) => [
      name(setting),
      ...values.map((value) => (value === null ? 'not set' : html`<code>${name(value)}</code>`)),
    ]),
  });
}
