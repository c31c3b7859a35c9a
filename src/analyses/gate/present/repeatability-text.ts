import { rangeText, signed, twoDecimals } from '../../../render/number-text.ts';
import { renderGrid } from '../../../render/text/grid.ts';
import { sliceName } from '../../../series/names/series.ts';
import type { FamilyRepeat, Repeatability } from '../repeatability.ts';
import { oneLine } from './checks.ts';

/** A run against itself, for a terminal, with margins to put into a policy. */
export function renderRepeatability(repeat: Repeatability): string {
  return [
    repeat.repeatable
      ? 'No difference where there should be none.'
      : 'These differ where they should not:',
    ...repeat.families.filter(({ coversZero }) => !coversZero).map(differs),
    '',
    `First:  ${oneLine(repeat.first)}`,
    `Second: ${oneLine(repeat.second)}`,
    '',
    renderGrid({
      figuresFrom: 1,
      headings: ['Family', 'Difference', '95 % interval', 'SE', 'Least margin', 'Policy', 'n'],
      groups: [
        {
          name: null,
          rows: repeat.families.map((family) => [
            `  ${oneLine(sliceName(family.by))}`,
            signed(family.difference),
            rangeText(family),
            twoDecimals(family.se),
            twoDecimals(family.least),
            `${twoDecimals(family.margin)} ${family.reachable ? 'reachable' : 'too tight'}`,
            String(family.n),
          ]),
        },
      ],
    }),
    '',
    ...repeat.families.filter(({ reachable }) => !reachable).map(tooTight),
    'Intervals are for all families together. The least margin is 3.7 standard errors in total and 4 in',
    'a culture: about 95 % of unchanged models then pass. A checkpoint that really changed differs more',
    'from question to question than a model from itself, so take these as the smallest sensible margins.',
    '',
    'For the policy:',
    '',
    'version: 1',
    `margins: { total: ${repeat.proposal.total}, culture: ${repeat.proposal.culture} }`,
  ].join('\n');
}

function differs({ by, difference, ...interval }: FamilyRepeat): string {
  return `- ${oneLine(sliceName(by))} by ${signed(difference)} (${rangeText(interval)}): something other than chance changed between the two (server, template, judge version), and a gate would blame the candidate for it.`;
}

function tooTight({ by, margin, timesAnswers, least }: FamilyRepeat): string {
  return `- ${oneLine(sliceName(by))}: the policy's ${twoDecimals(margin)} is tighter than ${twoDecimals(least)}. ${timesAnswers} times as many answers a question (\`trials: { responses: … }\`) would reach it.`;
}
