import { searchedParts } from '../answers/search.ts';
import { PAGE_SIZE } from '../answers/viewer.ts';
import type { AnswerList, ListedAnswer } from '../answers/wire.ts';
import { type Address, writeAddress } from './address.ts';
import { Pager } from './pager.tsx';
import { Name, Passage } from './passage.tsx';
import { ratingText, STATUS_LABELS } from './words.ts';

export interface ListProps {
  readonly address: Address;
  readonly list: AnswerList;
  /** Whether ratings of judges are hidden. */
  readonly blind: boolean;
}

/** A page of answers, a link each. */
export function List({ address, list, blind }: ListProps) {
  const words = searchedParts(address.query.search);
  return (
    <>
      <ol class="entries" start={(list.page - 1) * PAGE_SIZE + 1}>
        {list.answers.map((answer) => (
          <li key={answer.id}>
            <Entry {...{ address, answer, words, blind }} />
          </li>
        ))}
      </ol>
      <Pager at={list} address={address} />
    </>
  );
}

function Entry({
  address,
  answer,
  words,
  blind,
}: Pick<ListProps, 'address' | 'blind'> & {
  readonly answer: ListedAnswer;
  readonly words: readonly string[];
}) {
  const { id, item, question, language } = answer;
  return (
    <article class="entry">
      <Rating answer={answer} blind={blind} />
      <div class="body">
        <a class="open" href={writeAddress({ ...address, answer: id })}>
          <Passage text={question} language={language} marked={words} />
        </a>
        <AnswerText answer={answer} words={words} />
        <p class="about">
          {!blind && (
            <span class="who">
              <Name text={answer.model} />, <Name text={answer.style} />
              {answer.trial > 0 && `, trial ${answer.trial + 1}`}
            </span>
          )}
          <Name text={answer.culture} />
          <Name text={answer.category} />
          {answer.scope !== '' && <Name text={answer.scope} />}
          <span class="id">
            <Name text={item} />
          </span>
          <Statuses answer={answer} />
        </p>
      </div>
    </article>
  );
}

export function AnswerText({
  answer: { answer, detected, language },
  words,
}: {
  readonly answer: ListedAnswer;
  readonly words: readonly string[];
}) {
  if (answer === null) return <p class="absent">No answer</p>;
  return (
    <div class="beginning">
      <Passage text={answer} language={detected ?? language} marked={words} />
    </div>
  );
}

function Rating({ answer, blind }: { readonly answer: ListedAnswer; readonly blind: boolean }) {
  const { rating, byJudge, people, apart } = answer;
  return (
    <div class="rated">
      {blind ? (
        <span class="none">hidden</span>
      ) : (
        <>
          {rating === null ? (
            <span class="none">–</span>
          ) : (
            <b>
              {ratingText(rating)}
              <span class="unseen"> of 10</span>
            </b>
          )}
          {byJudge.length > 1 && (
            <span class="by" title={byJudge.map(judgeText).join('\n')}>
              {byJudge.map(({ ratings }) => meanText(ratings)).join(' · ')}
            </span>
          )}
          {apart !== null && apart >= 2 && <span class="apart">{ratingText(apart)} apart</span>}
        </>
      )}
      {people !== null && <span class="people">people {ratingText(people)}</span>}
    </div>
  );
}

function meanText(ratings: readonly number[]): string {
  if (ratings.length === 0) return '–';
  return ratingText(ratings.reduce((sum, one) => sum + one, 0) / ratings.length);
}

const judgeText = ({ judge, ratings }: ListedAnswer['byJudge'][number]) =>
  `${judge}: ${ratings.length === 0 ? 'no rating' : ratings.map(ratingText).join(', ')}`;

/** Whatever is not as usual. */
export function Statuses({
  answer: { statuses },
}: {
  readonly answer: Pick<ListedAnswer, 'statuses'>;
}) {
  return (
    <>
      {statuses
        .filter((status) => status !== 'rated' && status !== 'people')
        .map((status) => (
          <strong key={status} class="reason">
            {STATUS_LABELS[status]}
          </strong>
        ))}
    </>
  );
}
