import { modelLabel } from '../../domain/model-label.ts';
import type { Contradictions, MissingCause } from '../../ports/run-archive.ts';
import { REASON_LABELS } from '../tables/coverage-table.ts';

/** Judgments without a rating that failed in one way, with the ways' causes. */
export interface CauseGroup {
  /** `Judge failed: GPT-4.1` or `Answer empty: Qwen (v2)`. */
  readonly title: string;
  readonly count: number;
  readonly causes: readonly { readonly cause: string; readonly count: number }[];
}

/** Causes by who is at fault: a judge over all models, a model over all judges. */
export function causeGroups(causes: readonly MissingCause[]): CauseGroup[] {
  const groups = new Map<string, Map<string, number>>();
  for (const { model, variant, judge, reason, cause, count } of causes) {
    const title = `${REASON_LABELS[reason]}: ${judge ?? modelLabel({ name: model, variant })}`;
    const group = groups.get(title) ?? new Map<string, number>();
    group.set(cause, (group.get(cause) ?? 0) + count);
    groups.set(title, group);
  }
  return [...groups].map(([title, found]) => {
    const sorted = [...found].map(([cause, count]) => ({ cause, count }));
    sorted.sort((a, b) => b.count - a.count);
    return { title, count: sorted.reduce((sum, { count }) => sum + count, 0), causes: sorted };
  });
}

/** What a reader should know of verdicts that contradict themselves; null where none does. */
export function contradictionSentence({ rated, unrated }: Contradictions): string | null {
  const parts = [
    ...(rated > 0 ? [`${rated} hold different ratings, of which the last counts`] : []),
    ...(unrated > 0
      ? [`${unrated} hold different [[n]] without a word for rating: none counts`]
      : []),
  ];
  return parts.length === 0 ? null : `Verdicts that contradict themselves: ${parts.join('; ')}.`;
}
