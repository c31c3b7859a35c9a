import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerKey } from '../../domain/human-rating.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type { PersonRating } from '../../ports/answer-reader.ts';
import type { ItemLabels, RunArchive } from '../../ports/run-archive.ts';
import { simulationNotice } from '../../series/names/simulation.ts';
import { type AnswerTable, placeOfAnswer } from '../answers/answer-table.ts';
import { buildTable } from '../answers/build-table.ts';
import { createViewer, type Viewer } from '../answers/viewer.ts';
import { createTextSearches, type TextSearches } from './text-searches.ts';

/** A run's table with the searches in it. */
export interface OpenTable {
  readonly viewer: Viewer;
  readonly searches: TextSearches;
}

/** One run as it is looked at: its table, made anew while the run goes on. */
export interface RunDesk {
  readonly definition: RunDefinition;
  readonly simulated: string | null;
  /** Calls have been stored in the last moments. */
  isLive(): boolean;
  /** The newest table that is not too costly to make now. */
  open(): Promise<OpenTable>;
  /** A person has rated an answer by way of this program. */
  rated(answer: {
    readonly id: number;
    readonly question: string;
    readonly text: string;
  }): Promise<void>;
}

/** Answers read at once: other pages wait for no more than this while a table is made. */
const SLICE = 5000;
/** A table that takes longer is made while the old one is shown. */
const QUICK_MS = 100;
/** Making tables may take this part of the time. */
const SHARE = 0.25;
const LEAST_AGE_MS = 1000;
/** A run that has stored nothing for so long is not going on. */
const LIVE_MS = 30_000;

interface MadeTable extends OpenTable {
  /** Of the store, when it was begun. */
  version: number;
  readonly madeAt: number;
  readonly tookMs: number;
}

export function openRunDesk(archive: RunArchive, run: string): RunDesk {
  const { answers: reader } = archive;
  const stored = archive.loadRun(run);
  const { definition } = stored;
  let made: Promise<MadeTable> | null = null;
  let remaking = false;
  let changedAt = Number.NEGATIVE_INFINITY;
  let seen = reader.version();

  const make = async (): Promise<MadeTable> => {
    const begun = performance.now();
    const version = reader.version();
    const items = [...archive.itemLabels(run)];
    const table = await readTable(archive, definition, items);
    const searches = createTextSearches({ reader, run, table, items });
    const madeAt = performance.now();
    return { viewer: createViewer(table), searches, version, madeAt, tookMs: madeAt - begun };
  };
  const remake = async (): Promise<void> => {
    remaking = true;
    try {
      made = Promise.resolve(await make());
    } finally {
      remaking = false;
    }
  };
  const noticeChange = (): number => {
    const version = reader.version();
    if (version !== seen) changedAt = performance.now();
    seen = version;
    return version;
  };
  return {
    definition,
    simulated: simulationNotice([stored]),
    isLive: () => {
      noticeChange();
      return performance.now() - changedAt < LIVE_MS && reader.openSessions(run) > 0;
    },
    open: async () => {
      made ??= make();
      const table = await made;
      const { version, madeAt, tookMs } = table;
      if (noticeChange() === version || remaking) return table;
      const age = performance.now() - madeAt;
      if (age < Math.max(LEAST_AGE_MS, tookMs / SHARE)) return table;
      const fresh = remake();
      if (tookMs <= QUICK_MS) await fresh;
      // What goes wrong in the background is met again, and shown, by whoever asks next.
      else fresh.catch(() => undefined);
      return await made;
    },
    rated: async (answer) => {
      if (made === null) return;
      const table = await made;
      updatePeople(archive, run, table.viewer.table, answer);
      table.viewer.forget();
      // What this program wrote itself is in the table now.
      seen = reader.version();
      table.version = seen;
    },
  };
}

async function readTable(
  archive: RunArchive,
  definition: RunDefinition,
  items: readonly ItemLabels[],
): Promise<AnswerTable> {
  const { answers: reader, humanRatings } = archive;
  const { id: run } = definition;
  const means = new Map(
    humanRatings.ratedAnswers().map(({ key, ratings }) => [key, mean(ratings)] as const),
  );
  const keys = means.size === 0 ? new Map<number, string>() : humanRatings.answerKeys(run);
  const builder = buildTable({
    definition,
    items,
    people: (response) => means.get(keys.get(response) ?? ''),
  });
  for (let after = -1; ; ) {
    const answers = reader.answers(run, { after, limit: SLICE });
    const [first, last] = [answers[0], answers.at(-1)];
    if (first === undefined || last === undefined) return builder.done();
    builder.add(answers, reader.judgments(run, { first: first.id, last: last.id }));
    after = last.id;
    await nextTurn();
  }
}

/** A person's ratings of one answer count as their mean. */
function meanOfPeople(ratings: readonly PersonRating[]): number {
  const raters = new Map<string, PersonRating[]>();
  for (const rating of ratings)
    raters.set(rating.rater, [...(raters.get(rating.rater) ?? []), rating]);
  return mean([...raters.values()].map((own) => ({ rating: mean(own) })));
}

function mean(ratings: readonly { readonly rating: number }[]): number {
  return ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length;
}

/** The same words to the same question are one answer, whoever gave them. */
function updatePeople(
  { answers: reader }: RunArchive,
  run: string,
  table: AnswerTable,
  { id, question, text }: { readonly id: number; readonly question: string; readonly text: string },
): void {
  const rating = meanOfPeople(reader.ratingsOf(question, text));
  const key = answerKey(question, text);
  const own = placeOfAnswer(table, id);
  const asked = table.question[own];
  const [first, last] = [
    table.question.indexOf(Number(asked)),
    table.question.lastIndexOf(Number(asked)),
  ];
  const span = { first: Number(table.id[first]), last: Number(table.id[last]) };
  for (const other of reader.answerTexts(run, span))
    if (answerKey(question, other.text) === key)
      table.people[placeOfAnswer(table, other.answer)] = rating;
}
