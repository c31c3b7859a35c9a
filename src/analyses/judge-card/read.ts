import type { JudgeDefinition } from '../../domain/run-definition.ts';
import type { RunArchive, StoredRun } from '../../ports/run-archive.ts';
import type { MergedRuns } from '../../series/scores/merge-runs.ts';
import { labelJudges } from '../agreement/gather.ts';
import type { RatedAnswer } from '../agreement/levels/pairs.ts';
import type { AgreementReport } from '../agreement/schema.ts';
import { auditsOfRun } from '../audit/read.ts';
import type { Drift } from '../drift/drift.ts';
import { commonAnswers } from '../equating/common-answers.ts';
import { type Bridge, bridgeWherePossible } from '../equating/equating.ts';
import type { RunSummary } from '../summary/schema.ts';
import { describeJudge } from './judge-card.ts';
import type { JudgeCard } from './schema.ts';

/** What cards are made from beside the store. */
export interface CardSource {
  readonly stored: readonly StoredRun[];
  readonly merged: MergedRuns;
  readonly summary: RunSummary;
  readonly agreement: AgreementReport | null;
  /** The runs' answers with people's ratings; empty for a store without any. */
  readonly answers: readonly RatedAnswer[];
  readonly drift: readonly Drift[];
}

/** One place of a judge in the runs. */
interface Place {
  readonly run: StoredRun;
  readonly judge: number;
}

/** A judge of the report with all its places. */
interface Placed {
  readonly judge: JudgeDefinition;
  readonly places: readonly Place[];
}

/** A card for each judge of the runs, in the order of their configs. */
export function judgeCards(archive: RunArchive, source: CardSource): JudgeCard[] {
  const { stored, summary, agreement, answers, drift } = source;
  const labelOf = labelJudges(stored);
  const all = placedJudges(source);
  return all.map((own) => {
    const { judge, places } = own;
    const runs = places.map(({ run }) => run.definition.id);
    const isOwn = (key: string, id: string) =>
      places.some((place) => place.run.definition.id === id && definedAt(place).key === key);
    return describeJudge({
      ...{ judge, runs, summary, agreement, answers },
      labels: places.map((place) => labelOf(place.run, place.judge)),
      drift: drift.filter((entry) => isOwn(entry.judge.key, entry.run)),
      audits: runs.flatMap((run) =>
        auditsOfRun(archive, run).filter((audit) => isOwn(audit.judge.key, run)),
      ),
      bridges: all.flatMap((other) =>
        other === own ? [] : (bridgeBetween(archive, other, own) ?? []),
      ),
      served: places.flatMap((place) =>
        place.run.served.filter(
          ({ role, label }) => role === 'judge' && label === definedAt(place).spec.name,
        ),
      ),
    });
  });
}

function placedJudges({ stored, merged }: CardSource): Placed[] {
  return merged.definition.judges.map((judge, position) => ({
    judge,
    places: stored.flatMap((run, index) =>
      run.definition.judges.flatMap((_judge, own) =>
        merged.placements[index]?.judge(own) === position ? [{ run, judge: own }] : [],
      ),
    ),
  }));
}

function definedAt({ run, judge }: Place): JudgeDefinition {
  const found = run.definition.judges[judge];
  if (!found) throw new Error(`the run ${run.definition.id} has no judge ${judge}`);
  return found;
}

/** By the first two runs in which both have rated enough of the same answers. */
function bridgeBetween(archive: RunArchive, older: Placed, newer: Placed): Bridge | null {
  const at = ({ run, judge }: Place) => ({ run: run.definition.id, judge });
  const side = ({ judge }: Placed, { run }: Place) => ({
    ...{ key: judge.key, name: judge.spec.name, run: run.definition.id },
  });
  for (const before of older.places)
    for (const now of newer.places) {
      const answers = commonAnswers(archive, at(before), at(now));
      const judges = { old: side(older, before), new: side(newer, now) };
      const found = bridgeWherePossible(answers, judges);
      if (found) return found;
    }
  return null;
}
