/** Cells of a reproduced table; a verdict is told by its word and sign, colour only helps. */
export const reproductionStyle = `
.pair { white-space: nowrap; font-variant-numeric: tabular-nums; }
.spread { color: var(--soft); font-size: 0.76rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
.told-consistent { color: var(--accent); }
.told-differs, .state-differs { color: var(--lost); font-weight: 650; }
.told-cannot-tell, .told-nothing, .state-unknown { color: var(--soft); }
.plain td { vertical-align: top; }
section > p + p { margin-top: 0.8rem; }
`;
