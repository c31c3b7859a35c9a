import { NO_QUERY, type Query, SORTS } from '../answers/query.ts';
import type { RunFacts } from '../answers/wire.ts';
import { Sides } from './pairs.tsx';
import { SORT_LABELS } from './words.ts';

/** Search, order, and what stands next to what. */
export function Toolbar({
  facts,
  query,
  change,
}: {
  readonly facts: RunFacts;
  readonly query: Query;
  readonly change: (change: Partial<Query>) => void;
}) {
  const paired = query.sides.length > 1;
  const sorts = SORTS.filter((sort) =>
    paired ? sort === 'plan' || sort === 'difference' : sort !== 'difference',
  );
  return (
    <div class="tools">
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change({ search: new FormData(event.currentTarget).get('q')?.toString() ?? '' });
          }}
        >
          <input
            key={query.search}
            type="search"
            name="q"
            dir="auto"
            maxLength={200}
            aria-label="Search question, answer and verdict"
            placeholder="Search question, answer, verdict"
            defaultValue={query.search}
          />
          <select
            aria-label="Where to search"
            value={query.fields.length > 1 ? '' : query.fields[0]}
            onChange={({ currentTarget: { value } }) =>
              change({ fields: NO_QUERY.fields.filter((field) => value === '' || field === value) })
            }
          >
            <option value="">everywhere</option>
            <option value="question">question</option>
            <option value="answer">answer</option>
            <option value="verdict">verdict</option>
          </select>
          <button type="submit">Search</button>
        </form>
      </search>
      <select
        aria-label="Order"
        value={`${query.descending ? '-' : ''}${query.sort}`}
        onChange={({ currentTarget: { value } }) =>
          change({
            sort: sorts.find((sort) => value.endsWith(sort)) ?? 'plan',
            descending: value.startsWith('-'),
          })
        }
      >
        {sorts.flatMap((sort) =>
          SORT_LABELS[sort].map((label, place) => {
            const value = `${place === 1 ? '-' : ''}${sort}`;
            return (
              <option key={value} value={value}>
                {label}
              </option>
            );
          }),
        )}
      </select>
      <Sides {...{ facts, query, change }} />
    </div>
  );
}
