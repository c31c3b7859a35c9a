import type { GatePolicy } from '../../domain/gate-policy.ts';
import { type Document, notes, tableBlock, text } from '../../render/document.ts';
import { ABSENT, pText, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import type { Table } from '../../render/table.ts';
import { textTable } from '../../render/text-table.ts';
import { sliceName } from '../../series/names/series.ts';
import { gateWarnings, headline, VERDICT_WORDS } from './present/sentences.ts';
import type { FamilyRepeat, Repeatability } from './repeatability.ts';
import { familyName } from './rules/families.ts';
import { inPoints } from './rules/in-points.ts';
import { gateChecks } from './rules/index.ts';
import { oneLine } from './rules/rule.ts';
import type { GateVerdict } from './verdict.ts';

/** A verdict for a terminal, a step summary or a pull request's comment. */
export function presentGate(verdict: GateVerdict, policy: GatePolicy): Document {
  return {
    title: headline(verdict, policy),
    blocks: [
      text(
        ...verdict.coverage.flatMap(({ candidate, baseline }) => [
          `Candidate: ${oneLine(candidate)}`,
          `Baseline:  ${oneLine(baseline)}`,
        ]),
      ),
      tableBlock(familyTable(inPoints(verdict))),
      notes(remarks(verdict, policy)),
      text(...gateWarnings(verdict, policy).map((warning) => `Warning: ${warning}`)),
    ],
  };
}

/** What the table does not say: families that are not through, floors, coverage. */
function remarks(verdict: GateVerdict, policy: GatePolicy): string[] {
  return gateChecks(verdict, policy).flatMap(({ kind, status, text: remark }) =>
    kind === 'family' && status === 'pass' ? [] : [remark],
  );
}

function familyTable(verdict: GateVerdict): Table {
  const figure = (value: number | null) => (value === null ? ABSENT : signed(value));
  return textTable({
    name: 'gate',
    labels: 1,
    headings: ['Family', 'Verdict', 'Difference', 'At worst', 'Tolerated', 'p of a drop', 'n'],
    groups: [
      {
        name: null,
        rows: verdict.families.map((family) => [
          familyName(family, { pairs: verdict.coverage, families: verdict.families }),
          VERDICT_WORDS[family.status],
          figure(family.difference),
          figure(family.lower),
          `−${twoDecimals(family.margin)}`,
          pText(family.adjusted),
          String(family.n),
        ]),
      },
    ],
    found: [VERDICT_WORDS.fail],
  });
}

/** A run against itself, with margins to put into a policy. */
export function presentRepeatability(repeat: Repeatability): Document {
  const { families, proposal } = repeat;
  return {
    title: repeat.repeatable
      ? 'No difference where there should be none.'
      : 'These differ where they should not:',
    blocks: [
      notes(families.filter(({ coversZero }) => !coversZero).map(differs)),
      text(`First:  ${oneLine(repeat.first)}`, `Second: ${oneLine(repeat.second)}`),
      tableBlock(repeatTable(families)),
      notes(families.filter(({ reachable }) => !reachable).map(tooTight)),
      text(
        'Intervals are for all families together. The least margin is 3.7 standard errors in total and 4 in a culture: about 95 % of unchanged models then pass. A checkpoint that really changed differs more from question to question than a model from itself, so take these as the smallest sensible margins.',
      ),
      text('For the policy:'),
      text('version: 1', `margins: { total: ${proposal.total}, culture: ${proposal.culture} }`),
    ],
  };
}

function repeatTable(families: readonly FamilyRepeat[]): Table {
  return textTable({
    name: 'repeatability',
    labels: 1,
    headings: ['Family', 'Difference', '95 % interval', 'SE', 'Least margin', 'Policy', 'n'],
    groups: [
      {
        name: null,
        rows: families.map((family) => [
          oneLine(sliceName(family.by)),
          signed(family.difference),
          rangeText(family),
          twoDecimals(family.se),
          twoDecimals(family.least),
          `${twoDecimals(family.margin)} ${family.reachable ? 'reachable' : 'too tight'}`,
          String(family.n),
        ]),
      },
    ],
  });
}

function differs({ by, difference, ...interval }: FamilyRepeat): string {
  return `${oneLine(sliceName(by))} by ${signed(difference)} (${rangeText(interval)}): something other than chance changed between the two (server, template, judge version), and a gate would blame the candidate for it.`;
}

function tooTight({ by, margin, timesAnswers, least }: FamilyRepeat): string {
  return `${oneLine(sliceName(by))}: the policy's ${twoDecimals(margin)} is tighter than ${twoDecimals(least)}. ${timesAnswers} times as many answers a question (\`trials: { responses: … }\`) would reach it.`;
}
