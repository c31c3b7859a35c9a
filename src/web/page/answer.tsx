import { useMemo, useState } from 'preact/hooks';
import type { PersonRating } from '../../ports/answer-reader.ts';
import { searchedParts } from '../answers/search.ts';
import type { AnswerView, ShownJudgment } from '../answers/wire.ts';
import { type Address, writeAddress } from './address.ts';
import { CallDetails } from './call.tsx';
import { type Differences, differencesBetween } from './differences.ts';
import { Statuses } from './list.tsx';
import { Name, Passage } from './passage.tsx';
import { Rate } from './rate.tsx';
import type { ViewSource } from './source.ts';
import { useKept, useKeys } from './state.ts';
import { countText, ratingText } from './words.ts';

export interface AnswerPageProps {
  readonly source: ViewSource;
  readonly run: string;
  readonly address: Address;
  readonly view: AnswerView;
  readonly ratable: boolean;
  readonly blind: boolean;
  readonly go: (address: Address) => void;
}

/** One answer: question, reference, answer and verdicts next to each other, and what it took. */
export function AnswerPage(props: AnswerPageProps) {
  const { source, run, address, view, ratable, go } = props;
  const { answer } = view;
  const [rated, setRated] = useState<{ id: number; people: readonly PersonRating[] } | null>(null);
  const [revealed, setRevealed] = useState<number | null>(null);
  const people = rated?.id === answer.id ? rated.people : answer.people;
  const hidden = props.blind && revealed !== answer.id;
  const to = (id: number | null) => () => {
    if (id !== null) go({ ...address, answer: id });
  };
  useKeys({ j: to(view.next), k: to(view.previous), u: () => go({ ...address, answer: null }) });
  return (
    <article class="answer">
      <Place {...props} />
      <header>
        <h1 class="unseen">
          Answer to <Name text={answer.item.id} />
        </h1>
        <p class="about">
          {!hidden && (
            <span class="who">
              <Name text={answer.model} />, <Name text={answer.style} />
              {answer.trial > 0 && `, trial ${answer.trial + 1}`}
            </span>
          )}
          <Name text={answer.item.culture} />
          <Name text={answer.item.category} />
          {answer.item.scope !== null && <Name text={answer.item.scope} />}
          <span class="id">
            <Name text={answer.item.id} />
          </span>
          <Statuses answer={answer} />
        </p>
      </header>
      <Texts {...props} hidden={hidden} />
      <div class="verdicts">
        {hidden ? (
          <section aria-labelledby="judges-title">
            <h2 id="judges-title">Judges</h2>
            <p class="fine">Hidden until you have rated.</p>
            <button type="button" onClick={() => setRevealed(answer.id)}>
              Show model and verdicts
            </button>
          </section>
        ) : (
          <Verdicts view={view} address={address} />
        )}
        {answer.response.text !== null && (
          <Rate
            {...{ source, run, people, ratable }}
            id={answer.id}
            changed={(after) => {
              setRated({ id: answer.id, people: after });
              setRevealed(answer.id);
            }}
          />
        )}
      </div>
      {!hidden && <Others {...props} />}
    </article>
  );
}

function Place({ address, view: { place, total, previous, next } }: AnswerPageProps) {
  const link = (id: number | null, label: string, rel: string) =>
    id === null ? (
      <span class="off">{label}</span>
    ) : (
      <a href={writeAddress({ ...address, answer: id })} rel={rel}>
        {label}
      </a>
    );
  return (
    <nav class="place" aria-label="Answers of the list">
      <a href={writeAddress({ ...address, answer: null })}>Back to the list</a>
      <span>
        {place === null ? 'not in the list' : `${countText(place + 1)} of ${countText(total)}`}
      </span>
      {link(previous, 'Previous', 'prev')}
      {link(next, 'Next', 'next')}
    </nav>
  );
}

function Texts({
  view: { answer },
  address,
  hidden,
}: AnswerPageProps & { readonly hidden: boolean }) {
  const { item, response, detected } = answer;
  const words = searchedParts(address.query.search);
  const [compared, setCompared] = useKept('differences', 'on');
  const differences = useMemo(
    () =>
      compared === 'on' && response.text !== null
        ? differencesBetween({ reference: item.reference, answer: response.text }, item.language)
        : null,
    [compared, item.reference, response.text, item.language],
  );
  const toggle = () => setCompared(compared === 'on' ? 'off' : 'on');
  useKeys({ d: toggle });
  return (
    <div class="sides three">
      <section aria-labelledby="question-title">
        <h2 id="question-title">Question</h2>
        <Passage text={item.question} language={item.language} marked={words} />
      </section>
      <section aria-labelledby="reference-title">
        <h2 id="reference-title">Reference</h2>
        <Passage
          text={item.reference}
          language={item.language}
          marked={words}
          pieces={differences?.reference ?? null}
        />
        {response.text !== null && (
          <label class="toggle">
            <input type="checkbox" checked={compared === 'on'} onChange={toggle} /> Tint shared
            words
            <Overlap differences={differences} />
          </label>
        )}
      </section>
      <section aria-labelledby="answer-title">
        <h2 id="answer-title">Answer</h2>
        {response.text === null ? (
          <p class="absent">{response.status === 'pending' ? 'not called' : response.status}</p>
        ) : (
          <Passage
            text={response.text}
            language={detected ?? item.language}
            marked={words}
            pieces={differences?.answer ?? null}
          />
        )}
        {!hidden && <CallDetails shown={response} />}
      </section>
    </div>
  );
}

function Overlap({ differences }: { readonly differences: Differences | null }) {
  if (differences === null) return null;
  const { found, words } = differences;
  return (
    <span class="fine">
      {' '}
      ({countText(found)} of {countText(words)} words of the reference)
    </span>
  );
}

function Verdicts({ view: { answer }, address }: Pick<AnswerPageProps, 'view' | 'address'>) {
  const words = searchedParts(address.query.search);
  return (
    <section aria-labelledby="judges-title">
      <h2 id="judges-title">Judges</h2>
      {answer.judgments.length === 0 && <p class="fine">No judge was asked.</p>}
      {answer.judgments.map((judgment) => (
        <Verdict key={`${judgment.judge} ${judgment.trial}`} judgment={judgment} words={words} />
      ))}
    </section>
  );
}

function Verdict({
  judgment,
  words,
}: {
  readonly judgment: ShownJudgment;
  readonly words: readonly string[];
}) {
  const { judge, trial, rating, status, text, parse, conflicting, expectedRating } = judgment;
  return (
    <section class="verdict-of">
      <h3>
        <Name text={judge} />
        {trial > 0 && `, trial ${trial + 1}`}
        <span class="rating">
          {rating === null ? (
            <span class="absent">{status === 'pending' ? 'not called' : status}</span>
          ) : (
            <>
              <b>{ratingText(rating)}</b> of 10
            </>
          )}
        </span>
      </h3>
      <p class="fine">
        {parse === 'lenient' && <span>Read leniently. </span>}
        {conflicting && <strong class="reason">The verdict holds different ratings. </strong>}
        {expectedRating !== null && <span>Expected rating {expectedRating.toFixed(2)}. </span>}
      </p>
      {text !== null && text.trim() !== '' && (
        <Passage text={text} language={null} marked={words} />
      )}
      <CallDetails shown={judgment} />
    </section>
  );
}

/** Answers of other models, styles and trials to the same question. */
function Others({ view: { answer, others }, address }: AnswerPageProps) {
  if (others.length < 2) return null;
  return (
    <section class="others" aria-labelledby="others-title">
      <h2 id="others-title">Answers to the same question</h2>
      <ul>
        {others.map(({ id, model, style, trial, rating }) => (
          <li key={id}>
            <span class="value">{rating === null ? '–' : ratingText(rating)}</span>
            <a
              href={writeAddress({ ...address, answer: id })}
              aria-current={id === answer.id ? 'true' : undefined}
            >
              <Name text={model} />, <Name text={style} />
              {trial > 0 && `, trial ${trial + 1}`}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
