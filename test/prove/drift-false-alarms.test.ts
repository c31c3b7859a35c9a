import { expect, it } from 'vitest';
import { alarmOf } from '../../src/analyses/drift/drift.ts';
import { chooseAnchors } from '../../src/series/contrasts/choose-anchors.ts';
import { createRandom } from '../../src/stats/random/random.ts';
import { repetitions, shareOf, tolerance } from '../stats/monte-carlo.ts';

const REPS = repetitions(40);
/** False alarms that are still a hundredth, Monte-Carlo error aside. */
const MOST = 0.015;

const QUALITIES = [
  { mean: 7.5, sd: 1.6 },
  { mean: 8.3, sd: 1.2 },
] as const;
const CELLS = QUALITIES.flatMap((quality) =>
  [0.3, 0.6, 1, 1.5].map((noise) => ({ ...quality, noise })),
);

/** 90 anchors chosen from 450 rated answers, and judged again by the same judge. */
function falseAlarm(
  { mean, sd, noise }: (typeof CELLS)[number],
  { judgings, rep }: { readonly judgings: number; readonly rep: number },
): boolean {
  const random = createRandom(`false alarm ${mean} ${noise} ${judgings} ${rep}`);
  const rating = (quality: number) =>
    Math.min(10, Math.max(1, Math.round(quality + noise * random.normal())));
  const answers = Array.from({ length: 450 }, (_, item) => {
    const quality = mean + sd * random.normal();
    return {
      culture: ['Arab', 'Chinese', 'Japanese'][item % 3] ?? '',
      item,
      quality,
      ratings: Array.from({ length: judgings }, () => rating(quality)),
    };
  });
  const { chosen } = chooseAnchors(answers, { size: 90, seed: rep });
  const twice = chosen.flatMap(({ position, kept }) => {
    const answer = answers[position];
    if (!answer) return [];
    const before = kept.reduce((sum, one) => sum + one, 0) / kept.length;
    return [
      {
        culture: answer.culture,
        cluster: String(answer.item),
        before,
        after: rating(answer.quality),
      },
    ];
  });
  return alarmOf(twice).state === 'shifted';
}

it.each(CELLS)('a steady judge with noise $noise on N($mean, $sd) does not drift', (cell) => {
  for (const judgings of [1, 3]) {
    const share = shareOf(REPS, (rep) => falseAlarm(cell, { judgings, rep }));
    if (REPS >= 1000)
      process.stdout.write(
        `N(${cell.mean}, ${cell.sd}) noise ${cell.noise} judgings ${judgings}: ${share.toFixed(4)} ± ${Math.sqrt((share * (1 - share)) / REPS).toFixed(4)}\n`,
      );
    expect(share).toBeLessThanOrEqual(MOST + tolerance(0.01, REPS));
  }
});
