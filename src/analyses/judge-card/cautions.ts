import { biases } from '../audit/biases/index.ts';
import { standsOut } from '../audit/schema.ts';
import type { JudgeCard } from './schema.ts';
import type { CardFigures } from './uses.ts';

/** A larger share of judgments without a rating is worth a word; `gate` goes by the same. */
const NOTABLE_MISSING = 0.02;

const amount = (value: number) => `${Math.abs(value).toFixed(2)} ${value < 0 ? 'lower' : 'higher'}`;

/** What else a reader of a judge's ratings should know, each as a sentence. */
export function cautionsOf(figures: CardFigures): string[] {
  return [
    ...missingCaution(figures),
    ...effectCautions(figures),
    ...noiseCautions(figures),
    ...servedCautions(figures),
    ...languageCaution(figures),
  ];
}

function missingCaution({ coverage: { planned, missing } }: CardFigures): string[] {
  const own = (
    ['judgment_unparsed', 'judgment_out_of_range', 'judgment_filtered', 'judgment_failed'] as const
  ).reduce((sum, reason) => sum + (missing[reason] ?? 0), 0);
  if (planned === 0 || own / planned <= NOTABLE_MISSING) return [];
  return [
    `${own} of ${planned} judgments gave no rating (${((100 * own) / planned).toFixed(1)} %): what it fails on may be no random part.`,
  ];
}

function effectCautions({ audits }: CardFigures): string[] {
  return audits.flatMap(({ findings }) =>
    findings.flatMap((finding) => {
      if (finding.state !== 'measured') return [];
      const { overall, apart } = standsOut(finding);
      const what = biases[finding.measure].effect;
      const value = overall?.shift.value ?? null;
      return [
        ...(value === null ? [] : [`It rates ${what} ${amount(value)}.`]),
        ...apart.flatMap(({ culture, difference }) =>
          difference.value === null
            ? []
            : [
                `In ${culture} it rates ${what} ${amount(difference.value)} than that in the other cultures.`,
              ],
        ),
      ];
    }),
  );
}

/** The largest standard deviation of one answer's rating when the same judge is asked again. */
function noiseCautions({ components }: CardFigures): string[] {
  const spreads = components.flatMap(({ judging }) =>
    judging === null ? [] : Math.sqrt(Math.max(0, judging.variance)),
  );
  if (spreads.length === 0) return [];
  return [
    `Asked again, its rating of the same answer varies with a standard deviation of up to ${Math.max(...spreads).toFixed(2)}.`,
  ];
}

function servedCautions({ judge, drift }: CardFigures): string[] {
  if (judge.served.length < 2 && drift.every(({ sameServed }) => sameServed)) return [];
  return [
    judge.served.length > 1
      ? `Its endpoints named more than one model or fingerprint: ${judge.served.join('; ')}.`
      : 'Its endpoint named another model or fingerprint when its anchors were frozen.',
  ];
}

function languageCaution({ otherLanguage: { other, told } }: CardFigures): string[] {
  if (other === 0) return [];
  return [
    `${other} of ${told} answers are in another language than their question’s, and are rated like the others.`,
  ];
}

/** What nobody has measured, with the command that would. */
export function unmeasuredOf(figures: Omit<CardFigures, 'unmeasured'>): JudgeCard['unmeasured'] {
  const { judge, runs, agreement, people, components, drift, audits, bridges, expected } = figures;
  const run = runs.at(-1) ?? 'RUN';
  const rate = 'care-judge import ratings FILE';
  return [
    ...(agreement === null
      ? [{ what: 'agreement with people and its scale beside theirs', measure: rate }]
      : []),
    ...(people === null ? [{ what: 'how far people agree with each other', measure: rate }] : []),
    ...(components.every(({ judging }) => judging === null)
      ? [
          {
            what: 'what asking it again changes',
            measure: 'care-judge run CONFIG, with `trials: { judgments: 2 }`',
          },
        ]
      : []),
    ...(expected.length === 0 && !judge.expectedRating
      ? [
          {
            what: 'how sure it is of a rating (token probabilities)',
            measure: 'care-judge run CONFIG, with `expectedRating: true` on the judge',
          },
        ]
      : []),
    ...(drift.some(({ state }) => state !== 'unmeasured')
      ? []
      : [{ what: 'drift', measure: `care-judge anchors ${run} --out anchors.jsonl` }]),
    ...(audits.length === 0
      ? [
          {
            what: 'known biases: own family, length, order of criteria, reference, English, injected verdicts, rubric’s language',
            measure: `care-judge audit '${judge.name}' ${run} --config CONFIG`,
          },
        ]
      : []),
    ...audits.flatMap(({ findings }) =>
      findings.flatMap((finding) =>
        finding.state === 'measured'
          ? []
          : [
              {
                what: `${finding.measure} (${finding.needs})`,
                measure: `care-judge audit '${judge.name}' ${run} --config CONFIG`,
              },
            ],
      ),
    ),
    ...(bridges.length === 0
      ? [
          {
            what: 'how its ratings read on another judge’s scale',
            measure: 'care-judge equate OLD NEW',
          },
        ]
      : []),
  ];
}
