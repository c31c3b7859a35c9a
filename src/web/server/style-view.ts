/** What the viewer has beyond the report's page: a bar, filters, lists, and the scale to rate on. */
export const viewStyle = `
body { font-size: 0.95rem; }
h1, h2 { letter-spacing: 0; } h2 { font: 650 0.95rem/1.3 var(--sans); }
h3 { font-size: 0.92rem; }
button, select, input, textarea { font: inherit; font-size: 0.88rem; color: var(--ink); background: var(--paper); border: 1px solid var(--control-rule); border-radius: 4px; padding: 0.32rem 0.6rem; max-width: 100%; }
:root { --control-rule: #8b8679; --shared: rgb(11 93 102 / 0.13); }
@media (prefers-color-scheme: dark) { :root { --control-rule: #7b8088; --shared: rgb(132 203 210 / 0.2); } }
button { cursor: pointer; } button:hover { border-color: var(--accent); color: var(--accent); }
button.plain { border-color: transparent; background: none; text-decoration: underline; text-underline-offset: 0.2em; color: var(--accent); padding-inline: 0.2rem; }
input[type="checkbox"] { accent-color: var(--accent); margin: 0.2rem 0.45rem 0 0; flex: none; }
mark { background: var(--warn-ground); color: var(--warn-ink); box-shadow: 0 1px 0 var(--warn-rule); }
kbd { font: 0.82em var(--mono); border: 1px solid var(--rule); border-radius: 3px; padding: 0 0.3em; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.2rem; padding: 0.7rem clamp(1rem, 3vw, 2rem); border-bottom: 1px solid var(--rule); }
.bar .kicker { margin: 0; } .bar .banner { flex-basis: 100%; margin: 0.2rem 0 0; padding: 0.35rem 0.8rem; font-size: 0.85rem; }
.bar .run { font-weight: 650; overflow-wrap: anywhere; min-width: 0; } .bar .progress { color: var(--soft); font-size: 0.88rem; font-variant-numeric: tabular-nums; margin-inline-end: auto; }
.live { color: var(--accent); font-weight: 650; } progress { width: 8rem; margin-inline-start: 0.6rem; vertical-align: middle; accent-color: var(--accent); }
.toggle { display: inline-flex; align-items: baseline; gap: 0 0.3rem; flex-wrap: wrap; font-size: 0.85rem; color: var(--soft); }
.wait, .problem { padding: 3rem clamp(1rem, 3vw, 2rem); } .problem h1 { font-size: 1.5rem; margin-bottom: 0.6rem; }
.two, main { max-width: none; } .two { display: block; padding: 1rem clamp(1rem, 3vw, 2rem) 3rem; }
main > .answer { padding: 0.8rem clamp(1rem, 3vw, 2rem) 3rem; max-width: 110rem; }
@media (min-width: 60rem) {
  .two { display: grid; grid-template-columns: 15rem minmax(0, 1fr); column-gap: 2.2rem; }
  .two > main { grid-column: 2; grid-row: 1; }
  .narrow { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 0.2rem 0.4rem 2rem 0; scrollbar-width: thin; }
  .narrow > summary { display: none; }
}
@media (max-width: 59.99rem) { .narrow { border-bottom: 1px solid var(--rule); padding-bottom: 0.7rem; margin-bottom: 0.9rem; } .narrow > summary { font-weight: 650; cursor: pointer; padding: 0.3rem 0; } }
.filters { font-size: 0.88rem; } .choices, .filters fieldset { border: 0; border-bottom: 1px solid var(--rule); padding: 0.55rem 0; margin: 0; min-width: 0; }
.choices > summary, .filters legend { cursor: pointer; font-weight: 650; font-size: 0.82rem; color: var(--soft); padding: 0; } .filters legend { cursor: auto; margin-bottom: 0.3rem; }
.choices ul { list-style: none; padding: 0; margin: 0.3rem 0 0; max-height: 15rem; overflow-y: auto; scrollbar-width: thin; }
.choices label { display: flex; padding: 0.12rem 0; cursor: pointer; } .choices label.none { color: var(--faint); }
.choices .label { flex: 1; min-width: 0; overflow-wrap: anywhere; } .choices .count { color: var(--faint); font-variant-numeric: tabular-nums; padding-inline-start: 0.6rem; }
.range { display: flex; align-items: center; gap: 0.45rem; margin-top: 0.35rem; color: var(--soft); } .range input { width: 4.4rem; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem 0.9rem; align-items: center; margin-bottom: 0.6rem; }
.tools form { display: flex; flex-wrap: wrap; gap: 0.35rem; } .tools search { flex: 1 1 22rem; } .tools input[type="search"] { flex: 1 1 11rem; min-width: 0; }
.choose-sides { flex-basis: 100%; display: flex; align-content: center; flex-wrap: wrap; gap: 0.45rem; align-items: center; border: 1px solid var(--rule); border-radius: 6px; padding: 0.4rem 0.7rem 0.6rem; margin: 0; min-width: 0; }
.choose-sides button { align-self: center; } .choose-sides legend { font-size: 0.8rem; color: var(--soft); font-weight: 650; } .choose-sides label { font-size: 0.88rem; }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: 0.35rem; padding: 0; margin: 0 0 0.5rem; } .chips button { border-radius: 99px; font-size: 0.82rem; padding: 0.18rem 0.65rem; overflow-wrap: anywhere; }
.found { color: var(--soft); font-size: 0.88rem; font-variant-numeric: tabular-nums; padding-bottom: 0.5rem; border-bottom: 1px solid var(--strong-rule); }
.entries { list-style: none; padding: 0; margin: 0; } .entries > li { border-bottom: 1px solid var(--rule); }
.entry { display: grid; grid-template-columns: 4.6rem minmax(0, 1fr); column-gap: 1.1rem; padding: 0.85rem 0; position: relative; }
.entry:hover, .pair:hover { background: var(--raised); } .entry:focus-within { box-shadow: inset 3px 0 0 var(--accent); }
.rated { text-align: end; font-variant-numeric: tabular-nums; color: var(--soft); font-size: 0.78rem; line-height: 1.35; overflow-wrap: anywhere; } .rated > span { display: block; }
.rated b { display: block; font: 600 1.55rem/1.1 var(--serif); color: var(--accent); } .rated > span.none { color: var(--faint); font-size: 1.1rem; } .rated .apart { color: var(--lost); }
.rated b .unseen { font-size: 1rem; }
.entry .body { min-width: 0; } .entry a.open { color: var(--ink); text-decoration: none; display: block; } .entry a.open .passage { font-weight: 600; max-width: none; }
.entry a.open:hover { text-decoration: underline; text-underline-offset: 0.2em; } .entry a.open::after { content: ""; position: absolute; inset: 0; } .entry:focus-within a.open:focus-visible { outline-offset: 3px; }
.entry .passage, .pair .beginning .passage { font-size: 0.92rem; line-height: 1.5; max-width: none; } .beginning { max-height: 4.6em; overflow: hidden; margin-top: 0.15rem; color: var(--soft); }
.entry a.open .passage { max-height: 3.2em; overflow: hidden; } .beginning .passage:lang(ar), .entry a.open .passage:lang(ar) { line-height: 1.7; }
.beginning:has(:lang(ar)) { max-height: 5.4em; }
.about { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; color: var(--soft); font-size: 0.8rem; margin-top: 0.35rem; } .about .who { color: var(--ink); } .about .id { font-family: var(--mono); font-size: 0.95em; overflow-wrap: anywhere; } .about .value { color: var(--accent); }
.pager, .place { display: flex; flex-wrap: wrap; gap: 0.3rem 0.9rem; align-items: baseline; padding: 1rem 0; font-variant-numeric: tabular-nums; } .pager [aria-current] { font-weight: 700; } .pager .gap { color: var(--faint); margin-inline-end: 0.9rem; }
.pager > a, .place > a { padding: 0.1rem 0; } .place { padding: 0.2rem 0 0.7rem; font-size: 0.88rem; color: var(--soft); border-bottom: 1px solid var(--rule); } .place > a:first-child { margin-inline-end: auto; } .off { color: var(--faint); }
.answer section { margin: 0; } .answer section > h2 { padding: 0; border: 0; margin: 1.1rem 0 0.35rem; color: var(--soft); font-size: 0.82rem; }
.answer section > p { max-width: none; }
.three { margin-top: 0.2rem; } @media (min-width: 52rem) { .sides.three { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .three > section:first-child { grid-column: 1 / -1; } }
.three > section:first-child .passage { font: 500 1.12rem/1.5 var(--serif); max-width: 60rem; } .three > section:first-child .passage:lang(ar) { line-height: 1.9; }
.three .toggle { margin-top: 0.6rem; } .shared { background: var(--shared); border-radius: 2px; }
.verdicts { display: grid; gap: 0 2.6rem; border-top: 1px solid var(--rule); margin-top: 1.3rem; } .verdicts > * { min-width: 0; } @media (min-width: 52rem) { .verdicts { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.verdict-of { border-bottom: 1px solid var(--rule); padding: 0 0 0.7rem; } .verdict-of + .verdict-of { padding-top: 0.8rem; } .answer .fine { margin-top: 0.2rem; }
.sent { background: var(--raised); padding: 0.7rem 0.9rem; max-height: 24rem; overflow: auto; } .facts { margin: 0.6rem 0; display: grid; gap: 0.15rem 1.4rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); font-size: 0.85rem; } .facts div { display: flex; gap: 0.6rem; } .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.answer details.source > summary { font-size: 0.85rem; color: var(--soft); }
.raters { list-style: none; padding: 0; } .raters li { padding: 0.25rem 0; } .raters b { font: 600 1.25rem var(--serif); color: var(--accent); margin-inline-end: 0.4rem; }
.rate { display: grid; gap: 0.6rem; max-width: 32rem; margin-top: 0.7rem; } .rate fieldset { border: 0; padding: 0; margin: 0; } .rate legend, .rate label { font-size: 0.82rem; color: var(--soft); } .rate label { display: grid; gap: 0.2rem; } .rate button.plain { justify-self: start; }
.scale { display: grid; grid-template-columns: repeat(10, minmax(0, 1fr)); gap: 0.25rem; margin-top: 0.3rem; } .scale button { padding: 0.5rem 0; text-align: center; font-variant-numeric: tabular-nums; } .scale button[aria-pressed="true"] { background: var(--accent); color: var(--paper); border-color: var(--accent); font-weight: 700; }
@media (max-width: 30rem) { .scale { grid-template-columns: repeat(5, minmax(0, 1fr)); } .scale button { padding: 0.7rem 0; } }
.others { border-top: 1px solid var(--rule); } .answer .others { margin-top: 1.3rem; } .others ul { list-style: none; padding: 0; columns: 20rem; } .others li { padding: 0.15rem 0; break-inside: avoid; } .others .value { display: inline-block; min-width: 2.4rem; font-variant-numeric: tabular-nums; color: var(--accent); font-weight: 600; } .others [aria-current] { color: var(--ink); font-weight: 650; text-decoration: none; }
.pair { padding: 0.9rem 0; } .pair > .passage { font-weight: 600; max-width: none; font-size: 0.95rem; } .columns { display: grid; gap: 0.5rem 1.8rem; margin-top: 0.4rem; } @media (min-width: 52rem) { .columns { grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); } } .column { min-width: 0; } .column .value { color: var(--accent); font-variant-numeric: tabular-nums; } .column h3 a { color: var(--ink); font-weight: 550; } .pair .beginning { max-height: 9em; }
.figures { margin: 0.6rem 0 1rem; } .figures table { border-collapse: separate; } .figures .fine { max-width: 60rem; }
footer { margin: 0; padding: 1rem clamp(1rem, 3vw, 2rem) 2rem; font-size: 0.8rem; }
@media (max-width: 30rem) { .entry { grid-template-columns: 2.6rem minmax(0, 1fr); column-gap: 0.8rem; } .rated b { font-size: 1.3rem; } .tools search, .tools > select { flex: 1 1 100%; } }
@media print { .narrow, .tools, .pager, .rate, .place, footer, .bar .toggle { display: none; } .two { display: block; padding: 0; } .beginning, .entry a.open .passage { max-height: none; } .entry, .pair { break-inside: avoid; } details.source:not([open]) { display: none; } @page { size: A4 portrait; } }
`;
