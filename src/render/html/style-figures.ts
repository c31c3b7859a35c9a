/** Tables and charts. A table that is too wide scrolls in its own box, its first column standing still. */
export const figureStyle = `
.figures, .chart { margin: 0 0 2.6rem; }
.scroll { overflow-x: auto; max-width: 100%; scrollbar-width: thin; position: relative;
  background: linear-gradient(to left, var(--paper) 35%, transparent) right / 3rem 100% no-repeat local, linear-gradient(to left, rgb(0 0 0 / 0.13), transparent) right / 0.9rem 100% no-repeat scroll; }
table { border-collapse: separate; border-spacing: 0; font-size: 0.88rem; line-height: 1.3; font-variant-numeric: tabular-nums lining-nums; border-top: 2px solid var(--strong-rule); border-bottom: 2px solid var(--strong-rule); }
caption { text-align: left; font-weight: 650; font-size: 1.05rem; padding-bottom: 0.7rem; white-space: nowrap; }
.figures th, .figures td { padding: 0.42rem 0.6rem; text-align: right; vertical-align: top; white-space: nowrap; }
.figures thead th { font-weight: 500; color: var(--soft); vertical-align: bottom; font-size: 0.93em; line-height: 1.25; border-bottom: 1px solid var(--strong-rule); }
.figures thead th .heading { display: block; max-width: 7.5em; margin-left: auto; white-space: normal; overflow-wrap: normal; color: var(--ink); }
.figures thead th .n { font-size: 0.92em; color: var(--faint); }
.figures thead th.group { text-align: center; color: var(--ink); font-weight: 650; border-bottom: 0; padding-bottom: 0.15rem; }
.figures thead th.group > span { display: block; border-bottom: 1px solid var(--rule); padding-bottom: 0.3rem; }
.figures thead th.group > span > span { display: inline-block; position: sticky; left: 8rem; right: 1rem; }
.figures thead th[colspan]:not(.group) { border-bottom: 0; }
.figures th.label { text-align: left; font-weight: 400; white-space: normal; min-width: 6.5rem; max-width: 15rem; overflow-wrap: anywhere; }
.figures tbody th.first { font-weight: 650; min-width: 7rem; }
.figures th.first { position: sticky; left: 0; z-index: 1; background: var(--paper); box-shadow: 1px 0 0 var(--rule); padding-left: 0.2rem; }
.figures tbody + tbody > tr:first-child > * { border-top: 1px solid var(--rule); }
.figures tbody > tr:hover > td, .figures tbody > tr:hover > th.label:not(.first) { background: var(--raised); }
.opens { padding-left: 1.5rem !important; }
.dense th, .dense td { padding-left: 0.22rem; padding-right: 0.22rem; } .dense .opens { padding-left: 0.7rem !important; }
.dense thead th .heading { font-size: 0.95em; } .dense thead th .n { display: block; }
.dense table { font-size: 0.82rem; } .dense .range { white-space: normal; } .dense thead th .heading { max-width: 6.9em; }
.dense th.label { min-width: 5rem; } .dense tbody th.first { min-width: 5rem; }
.tools { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.3rem 1.5rem; font-size: 0.8rem; color: var(--soft); }
.tools > * { margin-bottom: 0.5rem; } .copies { margin-left: auto; }
.copies button { font: inherit; color: var(--accent); background: none; border: 0; padding: 0.15rem 0.3rem; cursor: pointer; } .copies button:hover { text-decoration: underline; }
.fold { cursor: pointer; } .again > bdi { opacity: 0; }
@media screen { .off { display: none; } }
.switches { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: 0.3rem 1.6rem; background: var(--paper); border-bottom: 1px solid var(--rule); padding: 0.55rem 0; margin-top: 1.5rem; font-size: 0.84rem; }
.switches fieldset { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; border: 0; margin: 0; padding: 0; } .switches legend { float: left; color: var(--soft); padding: 0 0.5rem 0 0; }
.switches input { position: absolute; opacity: 0; } .switches span { display: block; border: 1px solid var(--rule); border-radius: 99px; padding: 0.2rem 0.7rem; cursor: pointer; }
.switches input:checked + span { background: var(--ink); color: var(--paper); border-color: var(--ink); } .switches input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
.fold input { accent-color: var(--accent); margin: 0 0.35rem 0 0; vertical-align: -0.1em; }
.of { display: none; font-weight: 650; color: var(--ink); }
.figures:has(.fold input:checked) :is(.part, th.group) { display: none; } .figures:has(.fold input:checked) .of { display: block; }
td .value { display: block; font-size: 1.08em; }
td .range, td .counts { display: block; font-size: 0.82em; color: var(--faint); }
.lost { color: var(--lost); }
td.average, thead th.average { background: rgb(var(--tint) / 0.06); }
.best .value { font-weight: 750; }
.second .value { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.22em; }
.tied .value::after { content: "≈"; position: absolute; margin-left: 0.12em; color: var(--faint); font-weight: 400; }
.apart .value { font-weight: 750; } .apart .value::after { content: "†"; position: absolute; margin-left: 0.1em; color: var(--faint); font-weight: 400; }
.key .apart .value { margin-right: 0.7em; }
.sparse .value { color: var(--faint); font-style: italic; }
td.count.zero { color: var(--faint); }
/* A verdict has its word and sign; colour only helps. */
.verdict-consistent, .verdict-differs, .verdict-cannot-tell, .verdict-none { display: block; font-size: 0.82em; color: var(--soft); white-space: normal; max-width: 13em; margin-left: auto; }
.verdict-consistent { color: var(--accent); } .verdict-differs { color: var(--lost); font-weight: 650; }
figcaption { color: var(--soft); font-size: 0.84rem; max-width: 52rem; }
.figures figcaption { margin-top: 0.7rem; }
.key { margin-top: 0.3rem; } .key > span { margin-right: 1.4rem; display: inline-block; } .key .value { color: var(--ink); font-variant-numeric: tabular-nums; }
.key .tied .value { margin-right: 0.9em; }
section .fine + .figures { margin-top: 1.2rem; } h3.part { margin: 2.2rem 0 0.9rem; } .said { margin: 0.7rem 0 1.2rem; max-width: 46rem; font-size: 0.95rem; } .said p + p { margin-top: 0.4rem; }
td.found { font-weight: 650; } .figures td.prose { text-align: left; white-space: normal; max-width: 34rem; min-width: 9rem; }
.figures thead th.prose .heading { margin-left: 0; } .figures thead th.prose { text-align: left; }
.figures tbody th.group { padding-top: 0.9rem; font-weight: 650; color: var(--soft); max-width: none; }
.callout { max-width: 46rem; }
.notes { color: var(--soft); font-size: 0.84rem; max-width: 52rem; padding-left: 1.1rem; margin: 0.6rem 0 2.4rem; } .notes li { margin-bottom: 0.25rem; }
.steps { display: block; color: var(--accent); }
.ratings td { min-width: 3.1rem; }
${[1, 2, 3, 4, 5, 6, 7, 8].map((shade) => `.ratings .shade-${shade} { background: rgb(var(--tint) / ${(shade * 0.045).toFixed(3)}); }`).join('\n')}
.plain { margin-bottom: 2rem; } .plain caption { font-size: 0.9rem; padding-bottom: 0.45rem; }
.plain th, .plain td { text-align: left; vertical-align: top; padding: 0.4rem 1.4rem 0.4rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; max-width: 34rem; }
.plain thead th { color: var(--soft); font-size: 0.8rem; white-space: nowrap; }
.plain tbody th { font-weight: 550; min-width: 7rem; } .plain tbody tr:last-child > * { border-bottom: 0; }
.charts { display: grid; grid-template-columns: minmax(0, 1fr); gap: 3rem; }
.chart { margin: 0; } .chart figcaption { margin-bottom: 0.9rem; } .chart figcaption h3 { color: var(--ink); margin-bottom: 0.2rem; }
.drawing { color: var(--ink); } .drawing svg { display: block; max-width: 100%; height: auto; }
.toggles { display: flex; flex-wrap: wrap; gap: 0.4rem; margin: 0 0 0.8rem; padding: 0; border: 0; }
.toggles button, .copy { font: 0.8rem/1.2 var(--sans); color: var(--ink); background: none; border: 1px solid var(--rule); border-radius: 99px; padding: 0.34rem 0.75rem; cursor: pointer; }
.toggles button[aria-pressed="false"] { color: var(--faint); text-decoration: line-through; }
.toggles button:hover, .copy:hover { border-color: var(--accent); }
.toggles svg { width: 0.7em; height: 0.7em; margin-right: 0.45em; vertical-align: -0.02em; }
.tip { position: fixed; z-index: 8; max-width: min(20rem, 90vw); background: var(--ink); color: var(--paper); padding: 0.55rem 0.75rem; border-radius: 4px; font-size: 0.8rem; line-height: 1.45; pointer-events: none; white-space: pre-line; font-variant-numeric: tabular-nums; box-shadow: 0 4px 18px rgb(0 0 0 / 0.25); }
.tip[hidden] { display: none; }
`;
