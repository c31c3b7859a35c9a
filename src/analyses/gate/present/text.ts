import type { GatePolicy } from '../../../domain/gate-policy.ts';
import type { Grid } from '../../../render/grid.ts';
import { escapeText } from '../../../render/markdown.ts';
import { renderGrid as markdownGrid } from '../../../render/markdown-grid.ts';
import { ABSENT, pText, signed, twoDecimals } from '../../../render/number-text.ts';
import { renderGrid as textGrid } from '../../../render/text/grid.ts';
import type { GateVerdict } from '../verdict.ts';
import { familyName, gateChecks, oneLine } from './checks.ts';
import { gateWarnings, headline, VERDICT_WORDS } from './sentences.ts';

/**
 * A verdict for a terminal or a job's log. No line begins with a name from the data: a CI runner
 * would take one that begins with `::` for a command.
 */
export function renderGateText(verdict: GateVerdict, policy: GatePolicy): string {
  return [
    headline(verdict, policy),
    '',
    ...sides(verdict),
    '',
    textGrid(familyGrid(verdict)),
    '',
    ...remarks(verdict, policy).map((text) => `- ${text}`),
    ...gateWarnings(verdict, policy).map((text) => `Warning: ${text}`),
  ].join('\n');
}

/** The same for a step summary or a pull request's comment. */
export function renderGateMarkdown(verdict: GateVerdict, policy: GatePolicy): string {
  const warnings = gateWarnings(verdict, policy);
  return [
    `## ${escapeText(headline(verdict, policy))}`,
    '',
    ...sides(verdict).flatMap((text) => [escapeText(text), '']),
    markdownGrid(familyGrid(verdict)),
    '',
    ...remarks(verdict, policy).map((text) => `- ${escapeText(text)}`),
    ...(warnings.length > 0 ? ['', '**Warnings**', ''] : []),
    ...warnings.map((text) => `- ${escapeText(text)}`),
    '',
  ].join('\n');
}

function sides({ coverage }: GateVerdict): string[] {
  return coverage.flatMap(({ candidate, baseline }) => [
    `Candidate: ${oneLine(candidate)}`,
    `Baseline:  ${oneLine(baseline)}`,
  ]);
}

/** What the table does not say: families that are not through, floors, coverage. */
function remarks(verdict: GateVerdict, policy: GatePolicy): string[] {
  return gateChecks(verdict, policy).flatMap(({ kind, status, text }) =>
    kind === 'family' && status === 'pass' ? [] : [text],
  );
}

function familyGrid(verdict: GateVerdict): Grid {
  const figure = (value: number | null) => (value === null ? ABSENT : signed(value));
  return {
    figuresFrom: 2,
    headings: ['Verdict', 'Family', 'Difference', 'At worst', 'Tolerated', 'p of a drop', 'n'],
    groups: [
      {
        name: null,
        rows: verdict.families.map((family) => [
          VERDICT_WORDS[family.status],
          familyName(family, verdict),
          figure(family.difference),
          figure(family.lower),
          `−${twoDecimals(family.margin)}`,
          pText(family.adjusted),
          String(family.n),
        ]),
      },
    ],
  };
}
