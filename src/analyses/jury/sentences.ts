import type { JurySummary } from './schema.ts';

/** What would make a panel's mean more precise, from the variance of its judges' ratings. */
export function spendingSentence({
  components,
  saves,
}: Pick<JurySummary['panels'][number], 'components' | 'saves'>): string {
  if (components === null || saves === null) return 'not known: too few complete answers';
  const parts = [
    ['questions', saves.questions],
    ['answers', saves.answers],
    ['judges', saves.judges],
    ['judgings', saves.judgings],
  ] as const;
  const shares = parts.flatMap(([what, share]) =>
    share === null ? [] : `${what} ${Math.round(100 * share)} %`,
  );
  const unknown = parts.flatMap(([what, share]) => (share === null ? what : []));
  return [
    `${shares.join(', ')}${unknown.length > 0 ? ` (${unknown.join(' and ')} not repeated)` : ''}.`,
    ` Most for each added call: ${saves.best}.`,
    ` SD of the judges’ levels: ${Math.sqrt(Math.max(0, components.judge)).toFixed(2)}.`,
  ].join('');
}
