import { counted } from '../../../domain/counted.ts';
import { modelLabel } from '../../../domain/model-label.ts';
import type { HumanScale, HumanScaleRow } from '../human-scale/schema.ts';

const STATUS = {
  supported: 'no model or culture differs from what the others’ curve says (Holm, 5 %)',
  contradicted:
    'CONTRADICTED: some are off the others’ curve (Holm, 5 %), so read these figures as a guess; the intervals hold how far models differ',
  unchecked:
    'UNCHECKED: it takes two labelled models to see whether a curve carries over, so these figures have no interval',
} as const;

/** What the means on the human scale rest on, and what is wrong with them. */
export function humanScaleSentences({ judge, rows, transfer }: HumanScale): string[] {
  const whole = rows.filter(({ by }) => by.culture === undefined);
  const from = (basis: HumanScaleRow['basis']) => whole.filter((row) => row.basis === basis);
  const [labelled, carried, refused] = [from('labels'), from('carried'), from('refused')];
  const astray = labelled.filter(({ randomP }) => randomP !== null && randomP < 0.01);
  return [
    ...(labelled.length > 0
      ? [
          `${judge}: ${counted(labelled.length, 'model')} on the human scale by people’s ratings of their own answers. This holds if the rated answers were drawn at random; the intervals are for the people who rated, not for others.`,
        ]
      : []),
    ...astray.map(
      (row) =>
        `${modelLabel({ name: row.model, variant: row.variant })}: the judge rates the answers that people rated unlike the others (p ${(row.randomP ?? 0).toFixed(4)}), so they are hardly a random part; do not trust its figure on the human scale.`,
    ),
    ...(carried.length > 0 && transfer !== null
      ? [
          `${judge}: ${counted(carried.length, 'model')} with too few human ratings of their own, by the ${transfer.method} curve of ${counted(transfer.labels, 'label')}: ${STATUS[transfer.status]}.`,
        ]
      : []),
    ...(refused.length > 0
      ? [
          `${judge}: refused for ${counted(refused.length, 'model')} (${[...new Set(refused.map(({ estimate }) => estimate.method.replace('refused: ', '')))].join('; ')}).`,
        ]
      : []),
  ];
}
