import { behaviour } from '../../render/html/behaviour.ts';
import type { Choice } from '../../render/html/choices.ts';
import { renderDocument } from '../../render/html/document.ts';
import { figures } from '../../render/html/figures.ts';
import { html } from '../../render/html/html.ts';
import type { Section } from '../../render/html/section.ts';
import { heading } from '../sections/heading.ts';
import { reportSections } from '../sections/index.ts';
import { tablesOf } from '../sections/section.ts';
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
    choices: choicesOf(source),
    scripts: drawn ? [vega, interpreter, behaviour] : [behaviour],
  });
}

function choicesOf({ summary }: PageSource): Choice[] {
  const values = (key: 'style' | 'judge') => [
    ...new Set(summary.estimates.map((entry) => entry[key])),
  ];
  return [
    { label: 'Prompting', values: values('style') },
    { label: 'Judge', values: values('judge') },
  ];
}

/** The parts in the report's order; a part without anything to show is left out. */
function sectionsOf(source: PageSource): Section[] {
  return reportSections
    .map((section) => {
      const tables = tablesOf(section, source.summary);
      const content = section.page?.(source, tables) ?? tables.map(figures);
      return { id: section.id, title: section.title, content: html`${content}` };
    })
    .filter(({ content }) => content.markup !== '');
}
