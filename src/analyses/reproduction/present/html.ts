import { type Html, html } from '../../../render/html/html.ts';
import { name } from '../../../render/html/passage.ts';
import { plainTable } from '../../../render/html/plain-table.ts';
import { contentPolicy, styleElement } from '../../../render/html/policy.ts';
import { contents, type Section, section } from '../../../render/html/section.ts';
import { baseStyle } from '../../../render/html/style-base.ts';
import { figureStyle } from '../../../render/html/style-figures.ts';
import { textStyle } from '../../../render/html/style-texts.ts';
import type { Reproduction, SettingCheck } from '../schema.ts';
import {
  type CellTexts,
  type CultureGrid,
  cultureGrids,
  reproductionNotes,
  reproductionSentences,
  reproductionTitle,
  STATE_WORDS,
  sortedSettings,
} from './layout.ts';
import { verdictText } from './markdown.ts';
import { reproductionStyle } from './style.ts';

/** A page of one result, in the report's style; it needs nothing else. */
export function renderReproductionPage(reproduction: Reproduction): string {
  const { simulated } = reproduction;
  const style = `${baseStyle}${figureStyle}${textStyle}${reproductionStyle}`;
  const sections: readonly Section[] = [
    {
      id: 'settings',
      title: 'Settings of the paper and of these runs',
      content: reproductionSettings(reproduction),
    },
    ...cultureGrids(reproduction).map((grid, index) => ({
      id: `culture-${index + 1}`,
      title: grid.title,
      content: cultureTable(grid, {
        id: `table-${index + 1}`,
        drawn: reproduction.rows.length === 0,
      }),
    })),
    { id: 'rule', title: 'How to read it', content: reproductionRule(reproduction) },
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy({ scripts: [], styles: [style] })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="care-judge">
<meta name="referrer" content="no-referrer">
<title>${reproduction.table.label} reproduced${simulated !== null && ' (simulated)'} · care-judge</title>
${styleElement(style)}</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<div class="page">
<header class="masthead">
${simulated !== null && html`<p class="banner" role="note"><strong>Simulated.</strong> ${simulated}</p>`}
<p class="kicker">care-judge reproduction</p>
<h1>${reproduction.table.label}</h1>
<p class="question">${reproductionTitle(reproduction)}</p>
${reproductionSentences(reproduction).map(
  (sentence, index) => html`<p class="${index === 1 ? 'verdict' : 'fine'}">${name(sentence)}</p>
`,
)}</header>${contents(sections)}<main id="main">
${sections.map(section)}<footer>Figures of the paper: ${reproduction.source.title}, ${reproduction.source.venue}, arXiv ${reproduction.source.arxiv}. Ours come from the store alone.</footer>
</main>
</div>
</body>
</html>
`.markup;
}

/** What differs first. */
function reproductionSettings(reproduction: Reproduction): Html {
  return plainTable({
    id: `settings-${reproduction.table.id}`,
    caption: 'What differs first, then what is not known, then what is the same',
    headings: ['Setting', 'State', 'Paper', 'Ours', 'Note'],
    rows: sortedSettings(reproduction).map(({ setting, state, paper, ours, note }) => [
      setting,
      stateMark(state),
      name(paper),
      name(ours),
      note ?? '',
    ]),
  });
}

function stateMark(state: SettingCheck['state']): Html {
  return html`<span class="state-${state}">${STATE_WORDS[state]}</span>`;
}

/** The paper's rows with ours, one culture. */
function cultureTable(
  { title, headings, rows }: CultureGrid,
  { id, drawn }: { readonly id: string; readonly drawn: boolean },
): Html {
  const what = drawn
    ? 'our figures with their 95 % intervals'
    : 'the paper’s figure, ours with its 95 % interval, and the difference';
  return plainTable({
    id,
    caption: `${title}: ${what}`,
    headings: ['', ...headings],
    rows: rows.map(({ label, cells }) => [name(label), ...cells.map(cellMarkup)]),
  });
}

function cellMarkup(cell: CellTexts): Html {
  const { paper, unfollowed, ours, interval, counts, difference, differenceInterval } = cell;
  if (ours === '') return html`${paper}`;
  const dagger =
    unfollowed !== '' && html`<abbr title="Mean of its categories: ${unfollowed}">†</abbr>`;
  const spread = [interval, counts].filter((part) => part !== '').join(', ');
  return html`<div class="pair">${paper !== '' && html`${paper}${dagger} → `}<b>${ours}</b></div>${
    spread !== '' && html`<div class="spread">${spread}</div>`
  }${difference !== '' && html`<div class="spread">${difference} (${differenceInterval})</div>`}${
    paper !== '' &&
    html`<div class="told-${(cell.verdict ?? 'nothing').replace(' ', '-')}">${verdictText(cell)}</div>`
  }`;
}

function reproductionRule(reproduction: Reproduction): Html {
  return html`${reproductionNotes(reproduction).map(
    (note) => html`<p>${note}</p>
`,
  )}`;
}
