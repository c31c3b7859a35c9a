import type { AnswerBeginning } from '../../ports/answer-reader.ts';
import type { EncodedTable } from './encoded-table.ts';
import type { AnswerFacts, RunFacts, RunName } from './wire.ts';

/** Answers whose texts are in one file, and those whose beginnings are. */
export const FACTS_IN_FILE = 100;
export const BEGINNINGS_IN_FILE = 1000;

/** What a folder of pages holds; a file each, named as `staticFile` says. */
export interface StaticIndex {
  readonly runs: readonly RunName[];
}

export interface StaticRun {
  readonly facts: RunFacts;
  readonly table: EncodedTable;
}

export type StaticBeginnings = readonly AnswerBeginning[];
export type StaticFacts = readonly AnswerFacts[];

/** Names of the files of data, by run (its place in the index) and what is in them. */
export const staticFile = {
  index: 'index',
  run: (run: number) => `run-${run}`,
  beginnings: (run: number, answer: number) =>
    `beginnings-${run}-${Math.floor(answer / BEGINNINGS_IN_FILE)}`,
  facts: (run: number, answer: number) => `answers-${run}-${Math.floor(answer / FACTS_IN_FILE)}`,
} as const;
