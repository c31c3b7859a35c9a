import { chartThemeStyle } from '../chart/page-theme.ts';
import { type Choice, switches } from './choices.ts';
import { type Html, html } from './html.ts';
import { contentPolicy, scriptElement, styleElement } from './policy.ts';
import { contents, type Section, section } from './section.ts';
import { baseStyle } from './style-base.ts';
import { figureStyle } from './style-figures.ts';
import { textStyle } from './style-texts.ts';

export interface PageDocument {
  readonly title: string;
  readonly simulated: boolean;
  readonly head: Html;
  readonly sections: readonly Section[];
  readonly scripts: readonly string[];
  /** What the page has several of, to be switched between. */
  readonly choices?: readonly Choice[];
  /** Where figures come from that are not ours. */
  readonly source?: string;
  /** What the page was made from. */
  readonly origin?: string | undefined;
}

/** A page as one file that needs nothing else: its style and scripts are in it, and its policy lets in no more. */
export function renderDocument({
  title,
  simulated,
  head,
  sections,
  scripts,
  choices = [],
  source,
  origin = 'store',
}: PageDocument): string {
  const style = `${baseStyle}${chartThemeStyle()}${figureStyle}${textStyle}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy({ scripts, styles: [style] })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="care-judge">
<meta name="referrer" content="no-referrer">
<title>${title}${simulated && ' (simulated)'} · care-judge</title>
${styleElement(style)}</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<div class="page">
${head}${contents(sections)}<main id="main">
${switches(choices)}${sections.map(section)}<footer>${
    simulated && html`<strong>Simulated figures.</strong> `
  }${source !== undefined && `${source} `}Made by care-judge from the ${origin} alone; the same ${origin} ${origin.endsWith('s') ? 'give' : 'gives'} the same page, byte for byte.</footer>
</main>
</div>
${scripts.map(scriptElement)}</body>
</html>
`.markup;
}
