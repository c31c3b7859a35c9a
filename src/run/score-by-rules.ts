import type { TokenEvidence } from '../domain/token-evidence.ts';
import type { PendingUnit, RunStore, ScoredByRule } from '../ports/run-store.ts';
import type { RunProgram } from '../prepare/program.ts';
import { ruleScorers } from '../scorers/rules.ts';
import { taskOf } from './task-prompts.ts';

/** An answer with what a rule needs to score it. */
interface Answer {
  readonly text: string;
  readonly evidence: TokenEvidence | null;
}

type Scorable = Pick<PendingUnit, 'item' | 'style' | 'trial' | 'scorers'>;

/** Scores an answer by every rule that has not scored it yet. Pure. */
export function scoreByRules(
  program: RunProgram,
  { item, style, trial, scorers }: Scorable,
  { text, evidence }: Answer,
): readonly ScoredByRule[] {
  if (item.solution === undefined || scorers.length === 0) return [];
  const task = taskOf(program, item.solution);
  const { score, version } = ruleScorers[task.scoring];
  // Answers made elsewhere were given to the question as its source puts it.
  const recorded = program.styles[style] === null;
  const settings = recorded
    ? { ...task.settings, options: { ...task.settings.options, order: 'given' as const } }
    : task.settings;
  return score({ text, evidence, item, trial, settings }).flatMap((judgment, index) => {
    const scorer = task.scorers[index];
    return scorer !== undefined && scorers.includes(scorer) ? [{ scorer, judgment, version }] : [];
  });
}

const PAGE = 500;

/** Scores the answers that a run has already: recorded ones, and those of other runs. */
export async function scoreStoredAnswers(
  program: RunProgram,
  store: RunStore,
  runId: string,
): Promise<void> {
  if (program.tasks.size === 0 || store.countRun(runId).scorable === 0) return;
  for (const model of program.models.keys()) {
    for (let after = -1, full = true; full; ) {
      const page = store.pendingUnits(runId, { model, after, limit: PAGE, retryMissing: false });
      await Promise.all(
        page.flatMap((unit) => {
          const { answer: text, evidence, position } = unit;
          if (text === null) return [];
          const scored = scoreByRules(program, unit, { text, evidence });
          return scored.length === 0 ? [] : [store.saveRuleJudgments(position, scored)];
        }),
      );
      after = page.at(-1)?.position ?? after;
      full = page.length === PAGE;
    }
  }
}
