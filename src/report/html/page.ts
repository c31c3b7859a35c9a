import { behaviour } from './behaviour.ts';
import { chartThemeStyle } from './chart-theme.ts';
import { charts } from './charts.ts';
import { driftSection } from './drift.ts';
import { examples } from './examples.ts';
import { figures } from './figures.ts';
import { heading } from './heading.ts';
import { type Html, html } from './html.ts';
import type { PageSource } from './page-source.ts';
import { name } from './passage.ts';
import { plainTable } from './plain-table.ts';
import { contentPolicy, scriptElement, styleElement } from './policy.ts';
import { provenance } from './provenance.ts';
import { ratingTable } from './ratings.ts';
import { contents, type Section, section } from './section.ts';
import { baseStyle } from './style-base.ts';
import { figureStyle } from './style-figures.ts';
import { textStyle } from './style-texts.ts';

/** The whole report as one file that needs nothing else. The same source gives the same bytes. */
export function renderPage(source: PageSource): string {
  const style = `${baseStyle}${chartThemeStyle()}${figureStyle}${textStyle}`;
  const { vega, interpreter } = source.runtime;
  const scripts = source.charts.length > 0 ? [vega, interpreter, behaviour] : [behaviour];
  const sections = sectionsOf(source);
  const title = [...new Set(source.runs.map(({ definition }) => definition.name))].join(', ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy({ scripts, styles: [style] })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="care-judge">
<meta name="referrer" content="no-referrer">
<title>${title}${source.simulated !== null && ' (simulated)'} · care-judge</title>
${styleElement(style)}</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<div class="page">
${heading(source)}${contents(sections)}<main id="main">
${sections.map(section)}<footer>${
    source.simulated !== null && html`<strong>Simulated figures.</strong> `
  }Made by care-judge from the store alone; the same store gives the same page, byte for byte.</footer>
</main>
</div>
${scripts.map(scriptElement)}</body>
</html>
`.markup;
}

/** The parts in the report's order; a part without anything to show is left out. */
function sectionsOf(source: PageSource): Section[] {
  const { tables } = source;
  const named = (...names: readonly string[]): Html[] =>
    names.flatMap((wanted) => tables.filter((table) => table.name === wanted).map(figures));
  const placed = [
    'overview',
    'culture-by-category',
    'style-by-culture',
    'scope-by-culture',
    'difference-from-baseline',
    'coverage',
  ];
  const rest = tables.filter((table) => !placed.includes(table.name));
  const parts: (Section & { readonly shown: boolean })[] = [
    part(
      'settings-apart',
      'What differs between the runs',
      differences(source),
      source.runs.length > 1,
    ),
    part('ratings', 'Ratings by culture and category', named('overview', 'culture-by-category')),
    part('charts', 'Charts', charts(source.charts), source.charts.length > 0),
    part('styles', 'By prompting style', named('style-by-culture')),
    part('scope', 'By geographic scope', named('scope-by-culture')),
    part('baseline', 'Difference from the baseline', named('difference-from-baseline')),
    part('more', 'More tables', rest.map(figures)),
    part('coverage', 'Coverage and missing ratings', named('coverage')),
    part('distribution', 'How the ratings are distributed', ratingTable(source.ratings)),
    part('drift', 'Whether the judge drifted', driftSection(source.drift)),
    part('examples', 'Examples', examples(source.examples)),
    part('provenance', 'Settings and provenance', provenance(source)),
  ];
  return parts.filter(({ shown }) => shown);
}

function part(id: string, title: string, content: Html | readonly Html[], shown?: boolean) {
  const any = 'markup' in content ? content.markup !== '' : content.length > 0;
  return { id, title, content, shown: shown ?? any };
}

function differences({ runs, differences: found }: PageSource): Html {
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
