import { html, trusted } from '../../render/html/html.ts';
import { baseStyle } from '../../render/html/style-base.ts';
import { figureStyle } from '../../render/html/style-figures.ts';
import { textStyle } from '../../render/html/style-texts.ts';
import { viewStyle } from './style-view.ts';

/** The page that a script fills; the same from a server and from a folder. */
export function shell({
  scripts,
  style,
  policy,
}: {
  readonly scripts: readonly string[];
  readonly style: string;
  /** For pages without a server, which have no header to say it in. */
  readonly policy: string | null;
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy !== null && html`<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">`}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>care-judge</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="app"></div>
<noscript><p class="banner">This page needs JavaScript. <code>care-judge report</code> writes one that does not.</p></noscript>
${scripts.map((script) => html`<script src="${script}" defer></script>\n`)}</body>
</html>
`.markup;
}

/** The report's type and colours, and what only these pages have. */
export const pageStyle = `${baseStyle}${figureStyle}${textStyle}${viewStyle}`;
