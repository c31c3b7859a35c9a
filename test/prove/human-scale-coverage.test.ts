import { describe, expect, it } from 'vitest';
import { humanScale } from '../../src/analyses/agreement/human-scale/human-scale.ts';
import type { HumanScaleRow } from '../../src/analyses/agreement/human-scale/schema.ts';
import type { RatedAnswer } from '../../src/analyses/agreement/levels/pairs.ts';
import { createRandom, type Random } from '../../src/stats/random/random.ts';
import { repetitions, tolerance } from '../stats/monte-carlo.ts';

const REPS = repetitions(150);

const CULTURES = ['Arab', 'Chinese', 'Japanese'] as const;
/** What the judge adds to the human rating, by culture. */
const LENIENCE = { Arab: 1.6, Chinese: 0.4, Japanese: 0.4 } as const;
const QUESTIONS = 50;

interface World {
  readonly systems: readonly {
    readonly name: string;
    /** Mean of what people would give. */
    readonly level: number;
    /** Labels a culture. */
    readonly labels: number;
    /** What the judge adds for this model alone. */
    readonly favour: number;
  }[];
  readonly random: Random;
}

const clip = (value: number) => Math.min(10, Math.max(1, value));

/** People's ratings vary by 1.5 around the model's level, the judge's by .9 around theirs plus its bias. */
function drawAnswers({ systems, random }: World): RatedAnswer[] {
  return systems.flatMap(({ name, level, labels, favour }) =>
    CULTURES.flatMap((culture) =>
      Array.from({ length: QUESTIONS }, (_, question): RatedAnswer => {
        const human = clip(level + 1.5 * random.normal());
        const judge = clip(human + LENIENCE[culture] + favour + 0.9 * random.normal());
        return {
          answer: `${name} ${culture} ${question}`,
          cluster: `${culture} ${question}`,
          culture,
          category: 'Opinion',
          system: name,
          names: { model: name, variant: null, style: 'zero-shot' },
          judges: new Map([['J', judge]]),
          // Independent draws: the first are as random a part as any.
          raters: question < labels ? [{ rater: 'A', rating: human }] : [],
        };
      }),
    ),
  );
}

/** Mean of a clipped normal, by the trapezoidal rule on a fine grid. */
function clippedMean(level: number, sd: number): number {
  const steps = Array.from({ length: 4001 }, (_, index) => -8 + index * 0.004);
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return steps.reduce((sum, z) => sum + clip(level + sd * z) * density(z) * 0.004, 0);
}

function rowOf(answers: readonly RatedAnswer[], model: string): HumanScaleRow {
  const [scale] = humanScale(answers, ['J'], 'affine');
  const row = scale?.rows.find((entry) => entry.model === model && entry.by.culture === undefined);
  if (!row) throw new Error(`no row of ${model}`);
  return row;
}

const holds = ({ estimate: { low, high } }: HumanScaleRow, truth: number) =>
  low !== null && high !== null && low <= truth && truth <= high;

describe('95 % intervals on the human scale', () => {
  it.each([8, 20])(
    'cover with %i labels a culture where the judge is lenient, and unlike so by culture',
    (labels) => {
      const random = createRandom(`ppi ${labels}`);
      const truth = clippedMean(6, 1.5);
      let covered = 0;
      let naive = 0;
      let gains = 0;
      for (let rep = 0; rep < REPS; rep += 1) {
        const answers = drawAnswers({
          systems: [{ name: 'M', level: 6, labels, favour: 0 }],
          random,
        });
        const row = rowOf(answers, 'M');
        expect(row.basis).toBe('labels');
        if (holds(row, truth)) covered += 1;
        // ±1.96 standard errors of 150 ratings with an sd of about 1.8.
        if (Math.abs((row.raw ?? 0) - truth) < (1.96 * 1.8) / Math.sqrt(150)) naive += 1;
        gains += row.gain ?? 0;
      }
      expect(covered / REPS).toBeGreaterThan(0.93 - tolerance(0.95, REPS));
      expect(naive / REPS).toBeLessThan(0.05);
      expect(gains / REPS).toBeGreaterThan(1.3);
    },
  );

  it('cover for a model without labels, where models differ in what the judge adds', () => {
    const random = createRandom('carried');
    let covered = 0;
    for (let rep = 0; rep < REPS; rep += 1) {
      const favour = () => 0.3 * random.normal();
      const labelled = [4, 5, 6, 6.5, 7, 5.5].map((level, index) => ({
        name: `labelled ${index}`,
        level,
        labels: 10,
        favour: favour(),
      }));
      const target = { name: 'M', level: 6, labels: 0, favour: favour() };
      const row = rowOf(drawAnswers({ systems: [...labelled, target], random }), 'M');
      expect(row.basis).toBe('carried');
      if (holds(row, clippedMean(6, 1.5))) covered += 1;
    }
    expect(covered / REPS).toBeGreaterThan(0.9 - tolerance(0.95, REPS));
  });
});

describe('the transfer of a calibration', () => {
  const random = createRandom('transfer');
  const draw = (favours: readonly number[]) =>
    drawAnswers({
      systems: [...favours, 0].map((favour, index) => ({
        name: index < favours.length ? `model ${index}` : 'M',
        level: 6,
        labels: index < favours.length ? 25 : 0,
        favour,
      })),
      random,
    });
  const statusOf = (favours: readonly number[]) =>
    humanScale(draw(favours), ['J'], 'affine')[0]?.transfer?.status;

  it('is contradicted where the judge favours one model by two points', () => {
    for (let rep = 0; rep < 10; rep += 1) expect(statusOf([0, 0, 2])).toBe('contradicted');
  });

  it('is rarely contradicted where it favours none', () => {
    let alarms = 0;
    for (let rep = 0; rep < REPS; rep += 1) if (statusOf([0, 0, 0]) === 'contradicted') alarms += 1;
    expect(alarms / REPS).toBeLessThan(0.06 + tolerance(0.06, REPS));
  });

  it('cannot be checked on one labelled model, and is refused on too few labels', () => {
    expect(statusOf([0])).toBe('unchecked');
    const few = drawAnswers({
      systems: [
        { name: 'M', level: 6, labels: 6, favour: 0 },
        { name: 'N', level: 6, labels: 0, favour: 0 },
      ],
      random,
    });
    // 18 labels in all.
    expect(rowOf(few, 'M')).toMatchObject({
      basis: 'refused',
      estimate: { value: null, method: 'refused: 18 human ratings: at least 20 are needed' },
    });
    expect(rowOf(few, 'N').estimate.method).toContain('fewer than 20 human ratings of any model');
  });
});
