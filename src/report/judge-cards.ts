import { presentJudgeCards } from '../analyses/judge-card/present.ts';
import type { JudgeCard } from '../analyses/judge-card/schema.ts';
import { OperatorError } from '../domain/errors.ts';
import { jsonSchema } from '../domain/json.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { RunArchive } from '../ports/run-archive.ts';
import { renderDocumentMarkdown } from '../render/markdown-document.ts';
import { simulationNotice } from '../series/names/simulation.ts';
import { readReportSource } from './read.ts';

export interface CardRequest {
  /** Run ids or their beginnings; empty takes the newest. */
  readonly runs: readonly string[];
  /** Name of one judge; left out: all. */
  readonly judge?: string | undefined;
}

export interface JudgeCards {
  readonly cards: readonly JudgeCard[];
  /** Why the figures are no measurement; null for runs on real endpoints. */
  readonly simulated: string | null;
}

/** The cards of the runs' judges. Throws OperatorError for a run or judge that is not there. */
export function readJudgeCards(archive: RunArchive, { runs, judge }: CardRequest): JudgeCards {
  const { cards, runs: stored } = readReportSource(archive, runs);
  const simulated = simulationNotice(stored);
  const wanted = judge === undefined ? cards : cards.filter((card) => card.judge.name === judge);
  if (judge === undefined || wanted.length > 0) return { cards: wanted, simulated };
  const names = cards.map((card) => card.judge.name);
  const near = nearestName(judge, names);
  throw new OperatorError(
    `--judge: the runs have no judge "${judge}"${near === null ? '' : `; did you mean ${near}?`} Judges: ${names.join(', ')}`,
  );
}

export function judgeCardFiles({
  cards,
  simulated,
}: JudgeCards): { readonly name: string; readonly content: string }[] {
  return [
    { name: 'judge-card.md', content: renderDocumentMarkdown(presentJudgeCards(cards, simulated)) },
    {
      name: 'judge-card.json',
      content: `${JSON.stringify(jsonSchema.parse({ simulated, cards }), null, 2)}\n`,
    },
  ];
}
