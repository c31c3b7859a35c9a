import { pText, rangeText, signed, twoDecimals } from '../../render/number-text.ts';
import { type Query, RELATIONS } from '../answers/query.ts';
import { searchedParts } from '../answers/search.ts';
import { PAGE_SIZE } from '../answers/viewer.ts';
import type { ListedPair, PairList, RunFacts } from '../answers/wire.ts';
import { type Address, writeAddress } from './address.ts';
import { AnswerText } from './list.tsx';
import { Pager } from './pager.tsx';
import { Name, Passage } from './passage.tsx';
import { countText, RELATION_LABELS, ratingText } from './words.ts';

/** Chooses the series that stand next to each other. */
export function Sides({
  facts,
  query,
  change,
}: {
  readonly facts: RunFacts;
  readonly query: Query;
  readonly change: (change: Partial<Query>) => void;
}) {
  const { series } = facts;
  if (series.length < 2) return null;
  const { sides } = query;
  const pick = (place: number, name: string) => {
    const next = sides.length < 2 ? ['', ''] : [...sides];
    next[place] = name;
    change({ sides: next.filter((one) => one !== ''), sort: 'difference', descending: false });
  };
  if (sides.length < 2) {
    const [first = '', second = ''] = series;
    return (
      <button
        type="button"
        onClick={() =>
          change({ sides: [first, second], sort: 'difference', descending: false, relation: null })
        }
      >
        Compare two series
      </button>
    );
  }
  return (
    <fieldset class="choose-sides">
      <legend>Side by side</legend>
      {sides.map((side, place) => (
        <select
          key={`${place} ${side}`}
          aria-label={`Series ${place + 1}`}
          value={side}
          onChange={({ currentTarget }) => pick(place, currentTarget.value)}
        >
          {series.map((name) => (
            <option key={name} value={name} disabled={sides.includes(name) && name !== side}>
              {name}
            </option>
          ))}
        </select>
      ))}
      {sides.length < Math.min(series.length, MOST) && (
        <button
          type="button"
          onClick={() =>
            change({ sides: [...sides, series.find((name) => !sides.includes(name)) ?? ''] })
          }
        >
          Add
        </button>
      )}
      {sides.length > 2 && (
        <button type="button" onClick={() => change({ sides: sides.slice(0, -1) })}>
          Remove last
        </button>
      )}
      <label>
        Show{' '}
        <select
          value={query.relation ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ relation: RELATIONS.find((one) => one === value) ?? null })
          }
        >
          <option value="">all questions</option>
          {RELATIONS.map((relation) => (
            <option key={relation} value={relation}>
              {RELATION_LABELS[relation]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="plain"
        onClick={() => change({ sides: [], relation: null, sort: 'plan', descending: false })}
      >
        Single answers
      </button>
    </fieldset>
  );
}

const MOST = 4;

/** Answers of several series to one question in a row. */
export function Pairs({ address, list }: { readonly address: Address; readonly list: PairList }) {
  const words = searchedParts(address.query.search);
  return (
    <>
      <Figures list={list} />
      <ol class="entries" start={(list.page - 1) * PAGE_SIZE + 1}>
        {list.pairs.map((pair) => (
          <li key={pair.item}>
            <Pair {...{ address, pair, words, list }} />
          </li>
        ))}
      </ol>
      <Pager at={list} address={address} />
    </>
  );
}

/** The paired figures of `compare` on the questions that the filter leaves. */
function Figures({ list: { figures, of, judge } }: { readonly list: PairList }) {
  return (
    <div class="figures">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard, too */}
      <section class="scroll" aria-label="Paired differences" tabIndex={0}>
        <table>
          <caption class="unseen">Paired differences on the filtered questions</caption>
          <thead>
            <tr>
              {[
                'First',
                'Second',
                'Mean 1',
                'Mean 2',
                'Difference',
                '95 % interval',
                'p',
                'Win/tie/loss',
                'n',
              ].map((heading, place) => (
                <th key={heading} scope="col" class={place < 2 ? 'label' : undefined}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.map((row, place) =>
              'refused' in row ? (
                <tr key={String(place)}>
                  <td colSpan={9} class="prose">
                    {row.refused}
                  </td>
                </tr>
              ) : (
                <tr key={row.second}>
                  <th scope="row" class="label first">
                    <Name text={row.first} />
                  </th>
                  <th scope="row" class="label">
                    <Name text={row.second} />
                  </th>
                  {[
                    ...row.means.map((mean) => (mean === null ? '–' : twoDecimals(mean))),
                    row.difference === null ? '–' : signed(row.difference),
                    rangeText(row),
                    pText(row.p),
                    `${row.wins}/${row.ties}/${row.losses}`,
                    countText(row.n),
                  ].map((text, cell) => (
                    <td key={String(cell)}>{text}</td>
                  ))}
                </tr>
              ),
            )}
          </tbody>
        </table>
      </section>
      <p class="fine">
        Exploratory: {countText(of)} questions that the filter leaves, rated by{' '}
        <Name text={judge} />; first minus second, paired by question, p not adjusted for how often
        you look. For a result to report use care-judge compare.
      </p>
    </div>
  );
}

function Pair({
  address,
  pair,
  words,
  list,
}: {
  readonly address: Address;
  readonly pair: ListedPair;
  readonly words: readonly string[];
  readonly list: PairList;
}) {
  const { question, language, culture, category, item, difference } = pair;
  return (
    <article class="pair">
      <Passage text={question} language={language} marked={words} />
      <p class="about">
        {difference !== null && <b class="value">{signed(difference)}</b>}
        <Name text={culture} />
        <Name text={category} />
        <span class="id">
          <Name text={item} />
        </span>
      </p>
      <div class={`columns columns-${pair.sides.length}`}>
        {pair.sides.map((side, place) => {
          const name = list.sides[place] ?? '';
          const rating = pair.ratings[place] ?? null;
          return (
            <div key={name} class="column">
              <h3>
                <span class="value">{rating === null ? '–' : ratingText(rating)}</span>{' '}
                {side === null ? (
                  <Name text={name} />
                ) : (
                  <a class="open" href={writeAddress({ ...address, answer: side.id })}>
                    <Name text={name} />
                  </a>
                )}
              </h3>
              {side === null ? (
                <p class="absent">No answer</p>
              ) : (
                <AnswerText answer={side} words={words} />
              )}
            </div>
          );
        })}
      </div>
    </article>
  );
}
