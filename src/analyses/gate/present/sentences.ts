import { counted } from '../../../domain/counted.ts';
import type { GatePolicy } from '../../../domain/gate-policy.ts';
import { signed, twoDecimals } from '../../../render/number-text.ts';
import { familyName } from '../rules/families.ts';
import { gateChecks, type RuleCheck } from '../rules/index.ts';
import { type GateStatus, oneLine } from '../rules/rule.ts';
import type { GateVerdict } from '../verdict.ts';

export const VERDICT_WORDS = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
} as const satisfies Record<GateStatus, string>;

/** The verdict in one line: what fell and by how much, or what cannot be said. */
export function headline(verdict: GateVerdict, policy: GatePolicy): string {
  const open = gateChecks(verdict, policy).filter(({ status }) => status !== 'pass');
  const briefs = (checks: readonly RuleCheck[]) => listed(checks.map(({ brief }) => brief));
  switch (verdict.verdict) {
    case 'pass':
      return `PASS: no loss beyond what the policy tolerates${against(verdict)}`;
    case 'fail':
      return `FAIL: ${briefs(open.filter(({ status }) => status === 'fail'))}`;
    case 'inconclusive': {
      const [overruling] = open.filter(({ overrules }) => overrules !== null);
      if (overruling)
        return `INCONCLUSIVE: ${overruling.overrules}: ${briefs(open.filter(({ overrules }) => overrules === overruling.overrules))}`;
      const undecided = open.filter(({ status }) => status === 'inconclusive');
      return `INCONCLUSIVE: not enough data to pass or fail: ${briefs(undecided)}`;
    }
    default:
      return verdict.verdict satisfies never;
  }
}

function against({ coverage }: GateVerdict): string {
  const [pair, ...more] = coverage;
  if (!pair || more.length > 0) return '';
  return `: ${oneLine(pair.candidate)} against ${oneLine(pair.baseline)}`;
}

const NAMED = 5;

function listed(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.slice(0, NAMED).join(', ')}${more}`;
}

const IDS_LISTED = 10;

/** What a reader should know before relying on the verdict, whatever it is. */
export function gateWarnings(verdict: GateVerdict, policy: GatePolicy): string[] {
  const { design, bridged, families, coverage } = verdict;
  const tolerated =
    verdict.verdict === 'inconclusive' && policy.inconclusive === 'warn'
      ? ['The policy lets an inconclusive gate through (inconclusive: warn): nothing was shown.']
      : [];
  return [
    ...tolerated,
    ...(design === 'unpaired'
      ? [
          'The baseline is known by its averages alone, so that this test is unpaired and decides less than one question by question. Keep per-item scores instead: `care-judge export baseline.jsonl --per-item`.',
        ]
      : []),
    ...(bridged
      ? [
          'The sides were not rated by the same judge with the same rubrics; a drop may be the judges’.',
        ]
      : []),
    ...families.flatMap((family) =>
      family.smallDrop && family.difference !== null && family.upper !== null
        ? [
            `Small significant drop: ${familyName(family, { pairs: coverage, families })} ${signed(family.difference)}, at best ${signed(family.upper)}, which the margin of ${twoDecimals(family.margin)} tolerates.`,
          ]
        : [],
    ),
    ...coverage.flatMap(({ identical, candidate, baseline, leftOut }) => [
      ...(identical
        ? [
            `All ratings of ${oneLine(candidate)} and ${oneLine(baseline)} are the same. A new checkpoint under an old name and model takes the old one’s stored answers: give it a name or variant of its own.`,
          ]
        : []),
      ...leftOutWarning('candidate', leftOut.candidate),
      ...leftOutWarning('baseline', leftOut.baseline),
    ]),
  ];
}

function leftOutWarning(side: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > IDS_LISTED ? ` and ${ids.length - IDS_LISTED} more` : '';
  return [
    `Left out, as not all sides have them: ${counted(ids.length, 'question')} of the ${side}: ${ids.slice(0, IDS_LISTED).map(oneLine).join(', ')}${more}.`,
  ];
}
