import { type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { sentence } from '../../render/html/sentence.ts';
import type { PageSource } from '../page/page-source.ts';
import { runVerdict } from '../words/headline.ts';

/** Title, question, verdict, and a banner where nothing was measured. */
export function heading(source: PageSource): Html {
  const { summary, runs, simulated } = source;
  const verdict = runVerdict(summary);
  const titles = [...new Set(runs.map(({ definition }) => definition.name))];
  return html`<header class="masthead">
${simulated !== null && html`<p class="banner" role="note"><strong>Simulated.</strong> ${simulated}</p>`}
<p class="kicker">care-judge report</p>
<h1>${titles.map((title, index) => [index > 0 && ' and ', name(title)])}</h1>
<p class="question">${sentence(verdict.question)}</p>
<p class="verdict">${verdict.answer.map((entry, index) => [index > 0 && ' ', sentence(entry)])}</p>
${keyNumbers(source)}${
  summary.rated > 0 &&
  html`<details class="guide"><summary>Who leads where</summary>
<p>${verdict.sentences.map((entry, index) => [index > 0 && ' ', sentence(entry)])}</p>
<p>${leadingRule(source)}</p></details>
`
}<details class="guide"><summary>How to read this report</summary>
${readingGuide()}</details>
</header>
`;
}

/** One minute, for readers who know no statistics. */
function readingGuide(): Html {
  const points: readonly (readonly [string, string])[] = [
    [
      'Rating',
      'A judge model compares each answer with a reference and rates it from 1 (worst) to 10. A figure is the mean over questions.',
    ],
    [
      'n',
      'How many questions were rated. A model is not punished for calls that failed: they are counted as missing, never as a low rating.',
    ],
    [
      'The small numbers under a figure',
      'Its 95 % interval. With other questions of the same kind the mean would probably fall within it: the wider it is, the less the figure says.',
    ],
    [
      'Bold',
      'Best of its column: tests that compare the models question by question find it ahead of every other.',
    ],
    [
      '≈',
      'Too close to the best to call. That does not make the two equal: more questions might show a difference.',
    ],
    [
      'Comparing',
      'Two models: see “Models compared question by question”, which is sharper than looking whether intervals overlap. Two cultures: their questions differ, so a difference may be one of difficulty.',
    ],
  ];
  return html`<dl>${points.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl>
`;
}

function leadingRule({ summary: { estimates, differences = [] } }: PageSource): string {
  const lead = estimates.some(({ tiedWithBest }) => tiedWithBest !== null)
    ? 'A model leads where paired tests, adjusted over all pairs of models, find it ahead of every other at 5 %. Models too close to call are named together, which does not make them equal.'
    : 'A model leads where its 95 % interval lies above every other model’s; models whose intervals overlap are named together.';
  const variants =
    ' A variant is above its baseline where the 95 % interval of its difference, by itself, lies above 0.';
  return `${lead}${differences.length > 0 ? variants : ''}`;
}

/** The size of the thing in four numbers. */
function keyNumbers({ summary }: PageSource): Html {
  const lost = summary.planned - summary.rated;
  const series = (key: 'style' | 'judge') =>
    new Set(summary.estimates.map((entry) => entry[key])).size;
  const models = new Set(
    summary.estimates.map(({ model, variant }) => JSON.stringify([model, variant])),
  );
  const entries: readonly (readonly [string, string])[] = [
    [count(models.size), models.size === 1 ? 'model' : 'models'],
    [count(summary.questions), summary.questions === 1 ? 'question' : 'questions'],
    [count(series('style')), series('style') === 1 ? 'prompting style' : 'prompting styles'],
    [count(series('judge')), series('judge') === 1 ? 'judge' : 'judges'],
    [count(summary.rated), summary.rated === 1 ? 'rating' : 'ratings'],
    [count(lost), 'missing'],
  ];
  return html`<ul class="numbers">${entries.map(
    ([figure, what]) => html`<li><b>${figure}</b> ${what}</li>`,
  )}</ul>
`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
