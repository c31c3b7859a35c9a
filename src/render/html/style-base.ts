/** Colours, type and page. Colours are named by their use; each pair of text and ground keeps WCAG AA. */
export const baseStyle = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --raised: #f4f2ec; --ink: #1c1f23; --soft: #565b63; --faint: #6a6e76;
  --rule: #dcd8ce; --strong-rule: #1c1f23; --accent: #0b5d66; --tint: 11 93 102;
  --warn-ground: #fdf0d5; --warn-ink: #5c3a00; --warn-rule: #d9a441; --lost: #9a2f12;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Charter, "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --raised: #1d2125; --ink: #e8e6e1; --soft: #b3b6bb; --faint: #999da4;
    --rule: #343a40; --strong-rule: #cfcdc8; --accent: #84cbd2; --tint: 132 203 210;
    --warn-ground: #33280f; --warn-ink: #f3d9a0; --warn-rule: #8a6a22; --lost: #f2a084;
  }
}
[hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: break-word; }
h1, h2, h3, h4, p, ul, ol, figure, pre { margin: 0; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.15; text-wrap: balance; }
h1 { font-size: clamp(2.1rem, 1.4rem + 2.6vw, 3.3rem); letter-spacing: -0.015em; }
h2 { font-size: 1.65rem; letter-spacing: -0.005em; }
h3 { font-size: 1.05rem; font-weight: 650; line-height: 1.3; }
h4 { font-size: 0.8rem; font-weight: 650; color: var(--soft); }
a { color: var(--accent); text-underline-offset: 0.2em; }
code, pre { font-family: var(--mono); font-size: 0.84em; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
bdi { unicode-bidi: isolate; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; padding: 0.5rem 0.9rem; background: var(--ink); color: var(--paper); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.page { max-width: 112rem; margin: 0 auto; padding: clamp(1.1rem, 4vw, 3.5rem) clamp(1rem, 4vw, 3.5rem) 5rem; }
main { min-width: 0; }
.masthead { max-width: 52rem; }
.kicker { font-size: 0.8rem; color: var(--soft); margin-bottom: 0.9rem; }
.question { font: italic 1.2rem/1.4 var(--serif); color: var(--soft); margin-top: 0.7rem; }
.verdict { font: 1.42rem/1.45 var(--serif); margin-top: 1.5rem; text-wrap: pretty; }
.fine { font-size: 0.85rem; color: var(--soft); max-width: 46rem; margin-top: 0.7rem; }
.guide { margin-top: 0.9rem; max-width: 46rem; font-size: 0.92rem; } .guide summary { cursor: pointer; font-size: 0.85rem; font-weight: 650; color: var(--soft); } .guide p { margin-top: 0.5rem; } .guide dl { margin: 0.5rem 0 0; } .guide dt { font-weight: 650; } .guide dd { margin: 0 0 0.5rem; color: var(--soft); }
.banner { background: var(--warn-ground); color: var(--warn-ink); border-left: 4px solid var(--warn-rule); padding: 0.75rem 1rem; margin-bottom: 2rem; font-size: 0.95rem; }
.numbers { display: flex; flex-wrap: wrap; gap: 0.35rem 1.9rem; list-style: none; padding: 1.1rem 0 0; margin-top: 1.7rem; border-top: 1px solid var(--rule); max-width: 52rem; color: var(--soft); font-size: 0.92rem; }
.numbers b { color: var(--ink); font-weight: 650; font-variant-numeric: tabular-nums; }
section { margin-top: 4rem; }
section > h2 { padding-bottom: 0.55rem; border-bottom: 1px solid var(--rule); margin-bottom: 1.4rem; }
section > p { max-width: 46rem; }
.contents summary { cursor: pointer; font-size: 0.8rem; font-weight: 650; color: var(--soft); }
.contents ol { list-style: none; padding: 0; margin-top: 0.5rem; font-size: 0.88rem; }
.contents a { display: block; padding: 0.22rem 0; color: var(--soft); text-decoration: none; }
.contents a:hover { color: var(--ink); text-decoration: underline; }
.contents { margin-top: 2rem; padding: 0.6rem 0; border-block: 1px solid var(--rule); }
@media (min-width: 118rem) {
  .page { display: grid; grid-template-columns: minmax(0, 1fr) 11.5rem; column-gap: 3.5rem; }
  .page > .masthead { grid-column: 1; }
  .page > main { grid-column: 1; grid-row: 2; }
  .page > .contents { grid-column: 2; grid-row: 1 / span 2; margin: 0; padding: 0; border: 0; }
  .contents details { position: sticky; top: 2rem; border-left: 1px solid var(--rule); padding-left: 1rem; }
}
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.85rem; }
`;
