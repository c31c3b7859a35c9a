import { mean } from './describe.ts';

export interface PositionedAnswer {
  /** Where the right option was shown, from 0. */
  readonly gold: number;
  /** Where the chosen one was; null where none could be read. */
  readonly chosen: number | null;
}

export interface PositionRecall {
  readonly position: number;
  /** Questions whose right option was shown there. */
  readonly n: number;
  /** Of them, those answered right; null without any. */
  readonly recall: number | null;
  /** Share of all read answers that chose this position; null where none was read. */
  readonly chosen: number | null;
}

export interface PositionBias {
  readonly positions: readonly PositionRecall[];
  /**
   * Standard deviation of recall over positions, divided by their number (RStd of Zheng et al. 2024,
   * arXiv 2309.03882); null below two positions with questions.
   */
  readonly rstd: number | null;
  /** What RStd would be about if recall were the same everywhere: √((K-1)/K · mean of p(1-p)/n_k). */
  readonly expected: number | null;
}

/** Recall by the position of the right option. Unread answers are not recalled. */
export function positionBias(
  answers: readonly PositionedAnswer[],
  positions: number,
): PositionBias {
  const read = answers.filter(({ chosen }) => chosen !== null).length;
  const rows = Array.from({ length: positions }, (_, position): PositionRecall => {
    const there = answers.filter(({ gold }) => gold === position);
    const right = there.filter(({ chosen }) => chosen === position).length;
    const chosen = answers.filter((answer) => answer.chosen === position).length;
    return {
      position,
      n: there.length,
      recall: there.length === 0 ? null : right / there.length,
      chosen: read === 0 ? null : chosen / read,
    };
  });
  const known = rows.flatMap(({ recall, n }) => (recall === null ? [] : [{ recall, n }]));
  const centre = mean(known.map(({ recall }) => recall));
  if (centre === null || known.length < 2) return { positions: rows, rstd: null, expected: null };
  const over = (of: (row: { readonly recall: number; readonly n: number }) => number) =>
    known.reduce((sum, row) => sum + of(row), 0) / known.length;
  const overall = over(({ recall, n }) => recall * n) / over(({ n }) => n);
  const noise = over(({ n }) => (overall * (1 - overall)) / n);
  return {
    positions: rows,
    rstd: Math.sqrt(over(({ recall }) => (recall - centre) ** 2)),
    expected: Math.sqrt(((known.length - 1) / known.length) * noise),
  };
}
