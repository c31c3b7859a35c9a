import { OperatorError } from '../../domain/errors.ts';
import type { PersonRating } from '../../ports/answer-reader.ts';
import type { GivenRating, RatingDesk } from '../../ports/human-ratings.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { placeOfAnswer } from '../answers/answer-table.ts';
import { type Asked, answerList, answerView, pairList, runFacts } from '../answers/pages.ts';
import type { Query } from '../answers/query.ts';
import type { AnswerList, AnswerView, PairList, RunFacts, RunName } from '../answers/wire.ts';
import { answerDescriber, type DescribeAnswer } from './answer-facts.ts';
import { openRunDesk, type RunDesk } from './run-desk.ts';

/** What a person gives to an answer. */
export interface PersonGiven {
  readonly id: number;
  readonly rater: string;
  readonly rating: number;
  readonly note: string;
}

/** A store as its pages ask for it. Throws OperatorError for runs and answers that it does not have. */
export interface StoreView {
  runs(): RunName[];
  facts(run: string): Promise<RunFacts>;
  list(run: string, query: Query): Promise<AnswerList>;
  pairs(run: string, query: Query): Promise<PairList>;
  answer(run: string, id: number, query: Query): Promise<AnswerView | null>;
  /** Gives all of the answer's human ratings. */
  rate(run: string, given: PersonGiven): Promise<readonly PersonRating[]>;
  withdraw(run: string, given: Pick<PersonGiven, 'id' | 'rater'>): Promise<readonly PersonRating[]>;
}

export interface StoreViewOptions {
  readonly archive: RunArchive;
  /** The runs that are shown, in the order of their creation; none: all of the store. */
  readonly runs: readonly string[];
  /** null: the store may not be written, so nobody rates here. */
  readonly ratings: RatingDesk | null;
  readonly now: () => number;
}

/** Where ratings that people give in these pages are said to be from. */
const SOURCE = 'view';
/** Characters of a text that a list shows. */
const BEGINNING = 320;

interface OpenRun {
  readonly desk: RunDesk;
  readonly describe: DescribeAnswer;
}

export function openStoreView(options: StoreViewOptions): StoreView {
  const { archive, runs, ratings } = options;
  const { answers: reader } = archive;
  const openRun = runOpener(options);
  const ask = async (run: string, query: Query): Promise<Asked> => {
    const { viewer, searches } = await openRun(run).desk.open();
    return { viewer, query, found: await searches.look(query) };
  };
  const textsOf = (ids: readonly number[]) => reader.beginnings(ids, BEGINNING);
  return {
    runs: () =>
      archive
        .listRuns()
        .filter(({ id }) => runs.length === 0 || runs.includes(id))
        .map(({ id, name }) => ({ id, name })),
    facts: async (run) => {
      const { desk } = openRun(run);
      const { viewer } = await desk.open();
      const { definition, simulated } = desk;
      const { id, name } = definition;
      const ratable = ratings !== null;
      return runFacts(viewer.table, { id, name, simulated, ratable, live: desk.isLive() });
    },
    list: async (run, query) => await answerList(await ask(run, query), textsOf),
    pairs: async (run, query) => await pairList(await ask(run, query), textsOf),
    answer: async (run, id, query) => {
      const asked = await ask(run, query);
      const place = placeOfAnswer(asked.viewer.table, id);
      const stored = place < 0 ? null : reader.answer(run, id);
      if (stored === null) return null;
      const { text } = stored.response;
      const people = text === null ? [] : reader.ratingsOf(stored.item.question, text);
      const entry = asked.viewer.entry(query, place);
      return answerView(asked, openRun(run).describe(stored, entry, people));
    },
    ...raters(options, openRun),
  };
}

type OpenRunNamed = (run: string) => OpenRun;

function runOpener({ archive, runs }: StoreViewOptions): OpenRunNamed {
  const open = new Map<string, OpenRun>();
  return (run) => {
    const known = open.get(run);
    if (known) return known;
    if (runs.length > 0 && !runs.includes(run))
      throw new OperatorError(`"${run}" is not shown here.`);
    const desk = openRunDesk(archive, run);
    const opened = { desk, describe: answerDescriber(desk.definition) };
    open.set(run, opened);
    return opened;
  };
}

/** What people do to ratings of their own. */
function raters(
  { archive: { answers: reader }, ratings, now }: StoreViewOptions,
  openRun: OpenRunNamed,
): Pick<StoreView, 'rate' | 'withdraw'> {
  const change = async (
    run: string,
    id: number,
    act: (desk: RatingDesk, rated: RatedText) => void,
  ): Promise<readonly PersonRating[]> => {
    const stored = reader.answer(run, id);
    const text = stored?.response.text ?? null;
    if (stored === null || text === null) throw new OperatorError('There is no answer to rate.');
    if (ratings === null) throw new OperatorError('This store cannot be written to.');
    const { question, culture, category } = stored.item;
    act(ratings, { question, answer: text, culture, category });
    await openRun(run).desk.rated({ id, question, text });
    return reader.ratingsOf(question, text);
  };
  return {
    rate: (run, { id, rater, rating, note: written }) =>
      change(run, id, (desk, rated) => {
        const note = written === '' ? null : written;
        desk.rate({ ...rated, rater, rating, note, ratedAt: now(), source: SOURCE });
      }),
    withdraw: (run, { id, rater }) =>
      change(run, id, (desk, { question, answer }) =>
        desk.withdraw({ question, answer, rater, source: SOURCE }),
      ),
  };
}

type RatedText = Pick<GivenRating, 'question' | 'answer' | 'culture' | 'category'>;
