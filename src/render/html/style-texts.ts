/**
 * Latin letters and digits for text in Arabic, smaller: beside Naskh they look oversized. Only fonts
 * that the reader has; nothing is loaded.
 */
const latinInArabic = `@font-face { font-family: "Latin in Arabic"; src: local("Noto Sans"), local("Segoe UI"), local("Helvetica Neue"), local("Arial"), local("DejaVu Sans"); size-adjust: 88%; unicode-range: U+0020-007E, U+00A0-024F, U+2010-2015; }`;

/** Examples, sources and print. Each language gets the fonts it is read in. */
export const textStyle = `
${latinInArabic}
details.examples { border-top: 1px solid var(--rule); padding: 0.9rem 0; } details.examples > summary, details.source > summary { cursor: pointer; }
details.examples > summary h3 { display: inline; } .tally { color: var(--soft); font-variant-numeric: tabular-nums; margin-left: 0.4rem; }
.example { padding: 1.3rem 0; border-bottom: 1px solid var(--rule); } .example:last-child { border-bottom: 0; }
.example > header { font-size: 0.82rem; color: var(--soft); display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin-bottom: 0.6rem; }
.example .id { font-family: var(--mono); font-size: 0.95em; overflow-wrap: anywhere; } .reason { color: var(--lost); font-weight: 600; }
.sides { display: grid; gap: 0.4rem 2.6rem; }
@media (min-width: 52rem) { .sides { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); } }
.sides > div { min-width: 0; } .sides h4 { margin: 0.75rem 0 0.2rem; } .sides > div > h4:first-child { margin-top: 0; }
.passage { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; font-size: 0.95rem; line-height: 1.6; max-width: 44rem; }
.passage[dir="rtl"] { margin-inline-end: 0; }
.asked .passage { font-weight: 450; }
.passage:lang(ar), .passage:lang(fa), .passage:lang(ur), .passage:lang(und-Arab) { font-family: "Latin in Arabic", "Noto Naskh Arabic", "Geeza Pro", "Segoe UI", "Noto Sans Arabic", "Traditional Arabic", Tahoma, sans-serif; font-size: 1.08rem; line-height: 1.85; }
.passage:lang(zh), .passage:lang(und-Hani) { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif; line-height: 1.75; }
.passage:lang(ja) { font-family: "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", Meiryo, sans-serif; line-height: 1.75; word-break: auto-phrase; }
.passage:lang(ko) { font-family: "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", sans-serif; line-height: 1.7; }
.passage .cut { display: block; font: 0.8rem var(--sans); color: var(--faint); margin-top: 0.2rem; text-align: start; }
.rating { margin-left: 0.6rem; font-weight: 400; } .rating b { color: var(--accent); font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.absent { color: var(--lost); font-size: 0.92rem; } .absent code { display: block; color: var(--soft); margin-top: 0.2rem; }
.command { position: relative; margin: 0.7rem 0 1.8rem; } .command .copy { position: absolute; top: 0.6rem; right: 0.6rem; background: var(--paper); }
pre { background: var(--raised); padding: 1rem 1.1rem; max-height: 26rem; overflow: auto; line-height: 1.5; white-space: pre-wrap; tab-size: 2; }
details.source { border-top: 1px solid var(--rule); padding: 0.55rem 0; } details.source pre { margin: 0.7rem 0 0.4rem; }
section h3 + h4, section > h4 { margin-top: 1.4rem; } section > h4 { font-size: 0.95rem; color: var(--ink); margin-bottom: 0.4rem; }
@media print {
  :root { --paper: #fff; --raised: #f5f5f3; --ink: #111; --soft: #444; --faint: #5c5c5c; --rule: #ccc; --strong-rule: #111; --accent: #0b5d66; --tint: 11 93 102; --warn-ground: #fff7e6; --warn-ink: #5c3a00; --lost: #8f2a0f; color-scheme: light; }
  @page { size: A4 landscape; margin: 14mm 12mm; }
  body { font-size: 9.5pt; } .page { display: block; padding: 0; max-width: none; }
  .contents, .copy, .toggles, .tip, .skip, .switches, .tools { display: none; }
  section { margin-top: 1.6rem; } h2, h3, h4, caption { break-after: avoid; }
  .scroll { overflow: visible; } .figures table { font-size: 8.4pt; zoom: 0.8; } .figures th, .figures td { padding: 0.25rem 0.28rem; }
  .opens { padding-left: 0.7rem !important; } .figures th.first { position: static; box-shadow: none; }
  tr, .chart, .example, figcaption { break-inside: avoid; } .drawing svg { max-width: 100%; height: auto; }
  pre { max-height: none; overflow: visible; }
}
`;
