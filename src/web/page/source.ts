import type { PersonRating } from '../../ports/answer-reader.ts';
import type { Query } from '../answers/query.ts';
import type { AnswerList, AnswerView, PairList, RunFacts, RunName } from '../answers/wire.ts';

/** Where pages get what they show: a server, or files beside the page. */
export interface ViewSource {
  runs(): Promise<readonly RunName[]>;
  facts(run: string): Promise<RunFacts>;
  list(run: string, query: Query): Promise<AnswerList>;
  pairs(run: string, query: Query): Promise<PairList>;
  answer(run: string, id: number, query: Query): Promise<AnswerView>;
  rate(run: string, given: Given): Promise<readonly PersonRating[]>;
  withdraw(run: string, given: Pick<Given, 'id' | 'rater'>): Promise<readonly PersonRating[]>;
}

export interface Given {
  readonly id: number;
  readonly rater: string;
  readonly rating: number;
  readonly note: string;
}
