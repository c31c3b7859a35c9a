import { useEffect, useRef, useState } from 'preact/hooks';
import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import type { PersonRating } from '../../ports/answer-reader.ts';
import { Name } from './passage.tsx';
import type { ViewSource } from './source.ts';
import { messageOf, useKept, useKeys } from './state.ts';
import { ratingText } from './words.ts';

export interface RateProps {
  readonly source: ViewSource;
  readonly run: string;
  readonly id: number;
  readonly people: readonly PersonRating[];
  readonly ratable: boolean;
  /** A rating has been stored or taken back. */
  readonly changed: (people: readonly PersonRating[]) => void;
}

const RATINGS = Array.from({ length: RATING_MAX - RATING_MIN + 1 }, (_, at) => RATING_MIN + at);
/** Where ratings that are given here are said to be from. */
const HERE = 'view';

/** Ratings by people, and a way to give one. Keys 1 to 9 and 0 for 10. */
export function Rate(props: RateProps) {
  const { people, ratable } = props;
  return (
    <section class="people" aria-labelledby="people-title">
      <h2 id="people-title">Rated by people</h2>
      {people.length === 0 && <p class="fine">Nobody has rated this answer yet.</p>}
      {people.length > 0 && (
        <ul class="raters">
          {people.map(({ rater, occasion, rating, note, source }) => (
            <li key={`${rater} ${occasion}`}>
              <b>{ratingText(rating)}</b> <Name text={rater} />
              {source !== HERE && (
                <span class="fine">
                  {' '}
                  from <Name text={source} />
                </span>
              )}
              {note !== null && <p dir="auto">{note}</p>}
            </li>
          ))}
        </ul>
      )}
      {ratable ? (
        <RatingForm {...props} key={props.id} />
      ) : (
        <p class="fine">This page is read-only: open the store with care-judge view to rate.</p>
      )}
    </section>
  );
}

function RatingForm({ source, run, id, people, changed }: RateProps) {
  const [rater, setRater] = useKept('rater', '');
  const own = people.find((one) => one.rater === rater && one.source === HERE);
  const [note, setNote] = useState(own?.note ?? '');
  const [said, setSaid] = useState('');
  const nameField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setNote(own?.note ?? '');
  }, [own?.note]);
  const store = (act: () => Promise<readonly PersonRating[]>, done: string) => {
    setSaid('Saving …');
    act().then(
      (after) => {
        changed(after);
        setSaid(done);
      },
      (error: unknown) => setSaid(`Not saved: ${messageOf(error)}`),
    );
  };
  const rate = (rating: number, words = note) => {
    if (rater === '') {
      setSaid('Write your name first: ratings are stored under it.');
      nameField.current?.focus();
      return;
    }
    store(
      () => source.rate(run, { id, rater, rating, note: words }),
      `Saved: ${rating} by ${rater}.`,
    );
  };
  useKeys(Object.fromEntries(RATINGS.map((rating) => [String(rating % 10), () => rate(rating)])));
  return (
    <form class="rate" onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>Rate this answer</legend>
        <div class="scale">
          {RATINGS.map((rating) => (
            <button
              key={rating}
              type="button"
              aria-pressed={own?.rating === rating}
              onClick={() => rate(rating)}
            >
              {rating}
            </button>
          ))}
        </div>
      </fieldset>
      <label>
        Note
        <textarea
          rows={2}
          dir="auto"
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
          onChange={({ currentTarget }) => {
            if (own !== undefined) rate(own.rating, currentTarget.value);
          }}
        />
      </label>
      <label>
        Your name
        <input
          ref={nameField}
          type="text"
          autocomplete="off"
          maxLength={100}
          value={rater}
          onChange={({ currentTarget }) => setRater(currentTarget.value.trim())}
        />
      </label>
      {own !== undefined && (
        <button
          type="button"
          class="plain"
          onClick={() => store(() => source.withdraw(run, { id, rater }), 'Rating withdrawn.')}
        >
          Withdraw my rating
        </button>
      )}
      <p class="fine" role="status">
        {said}
      </p>
    </form>
  );
}
