import { DIMENSIONS } from '../answers/answer-table.ts';
import { FIELDS, NO_QUERY, PARTIES, type Party, type Query, STATUSES } from '../answers/query.ts';
import type { Tallies } from '../answers/select.ts';
import type { RunFacts } from '../answers/wire.ts';
import { Name } from './passage.tsx';
import { countText, FILTER_LABELS, PARTY_LABELS, STATUS_LABELS } from './words.ts';

export interface FilterProps {
  readonly facts: RunFacts;
  readonly query: Query;
  readonly tallies: Tallies | null;
  readonly change: (change: Partial<Query>) => void;
}

/** Everything that a list can be narrowed by, each choice with what it would show. */
export function Filters(props: FilterProps) {
  const { facts, query, tallies, change } = props;
  const choose = (name: keyof Query['chosen']) => (chosen: readonly string[]) =>
    change({ chosen: { ...query.chosen, [name]: chosen } });
  const paired = query.sides.length > 1;
  const dimensions = DIMENSIONS.filter((name) => !paired || (name !== 'model' && name !== 'style'));
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {dimensions.map((name) => (
        <Choices
          key={name}
          label={FILTER_LABELS[name]}
          names={facts.labels[name]}
          chosen={query.chosen[name]}
          counts={tallies?.[name] ?? null}
          choose={choose(name)}
        />
      ))}
      <Choices
        label={FILTER_LABELS.judge}
        names={facts.judges}
        chosen={query.chosen.judge}
        counts={null}
        choose={choose('judge')}
      />
      {!paired && <StatusFilter {...props} />}
      {!paired && <RatingFilter {...props} />}
      {!paired && <ApartFilter {...props} />}
    </form>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly labels?: readonly string[];
  readonly chosen: readonly string[];
  readonly counts: readonly number[] | null;
  readonly choose: (chosen: readonly string[]) => void;
}

/** Check boxes of one label; one that has a single name chooses nothing and is not there. */
function Choices({ label, names, labels = names, chosen, counts, choose }: ChoicesProps) {
  if (names.length < 2) return null;
  return (
    <details class="choices" open={chosen.length > 0 || names.length <= OPEN_TO}>
      <summary>
        {label}
        {chosen.length > 0 && <span class="tally">{chosen.length}</span>}
      </summary>
      <ul>
        {names.map((name, place) => (
          <li key={name}>
            <label class={counts?.[place] === 0 && !chosen.includes(name) ? 'none' : undefined}>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={({ currentTarget: { checked } }) =>
                  choose(checked ? [...chosen, name] : chosen.filter((other) => other !== name))
                }
              />
              <span class="label">
                <Name text={labels[place] === '' ? 'None' : (labels[place] ?? name)} />
              </span>
              {counts !== null && <span class="count">{countText(counts[place] ?? 0)}</span>}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Longer lists are folded up until something in them is chosen. */
const OPEN_TO = 6;

function StatusFilter({ query, tallies, change }: FilterProps) {
  const there = STATUSES.filter(
    (status, place) => query.statuses.includes(status) || (tallies?.status[place] ?? 0) > 0,
  );
  return (
    <Choices
      label="Status"
      names={there}
      labels={there.map((status) => STATUS_LABELS[status])}
      chosen={query.statuses}
      counts={there.map((status) => tallies?.status[STATUSES.indexOf(status)] ?? 0)}
      choose={(chosen) => change({ statuses: STATUSES.filter((one) => chosen.includes(one)) })}
    />
  );
}

const bound = (text: string) => (text.trim() === '' ? null : Number(text));

function RatingFilter({ query, change }: FilterProps) {
  const { low, high } = query;
  return (
    <fieldset>
      <legend>Rating</legend>
      <div class="range">
        <input
          type="number"
          aria-label="Lowest rating"
          min="1"
          max="10"
          step="0.5"
          placeholder="1"
          value={low ?? ''}
          onChange={({ currentTarget }) => change({ low: bound(currentTarget.value) })}
        />
        to
        <input
          type="number"
          aria-label="Highest rating"
          min="1"
          max="10"
          step="0.5"
          placeholder="10"
          value={high ?? ''}
          onChange={({ currentTarget }) => change({ high: bound(currentTarget.value) })}
        />
      </div>
    </fieldset>
  );
}

const USUAL_POINTS = 2;

function ApartFilter({ query: { apart }, change }: FilterProps) {
  const set = (party: Party | undefined, points: number) =>
    change({ apart: party === undefined ? null : { party, points } });
  return (
    <fieldset>
      <legend>Disagreement</legend>
      <select
        aria-label="Disagreement between whom"
        value={apart?.party ?? ''}
        onChange={({ currentTarget }) =>
          set(
            PARTIES.find((party) => party === currentTarget.value),
            apart?.points ?? USUAL_POINTS,
          )
        }
      >
        <option value="">Any</option>
        {PARTIES.map((party) => (
          <option key={party} value={party}>
            {PARTY_LABELS[party]}
          </option>
        ))}
      </select>
      {apart !== null && (
        <label class="range">
          by at least
          <input
            type="number"
            min="0.5"
            max="9"
            step="0.5"
            value={apart.points}
            onChange={({ currentTarget }) => set(apart.party, Number(currentTarget.value))}
          />
        </label>
      )}
    </fieldset>
  );
}

/** What is filtered by, each part with a way to take it back. */
export function Chips({ query, change }: Pick<FilterProps, 'query' | 'change'>) {
  const chips = chipsOf(query);
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters in use">
      {chips.map(({ label, without }) => (
        <li key={label}>
          <button
            type="button"
            onClick={() => change(without)}
            aria-label={`Remove filter ${label}`}
          >
            <Name text={label} /> <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <button
            type="button"
            class="plain"
            onClick={() => change({ ...NO_QUERY, sort: query.sort, descending: query.descending })}
          >
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}

interface Chip {
  readonly label: string;
  readonly without: Partial<Query>;
}

function chipsOf(query: Query): Chip[] {
  const { chosen, statuses, low, high, apart, search } = query;
  return [
    ...[...DIMENSIONS, 'judge' as const].flatMap((name) =>
      chosen[name].map((value) => ({
        label: `${FILTER_LABELS[name]}: ${value === '' ? 'none' : value}`,
        without: { chosen: { ...chosen, [name]: chosen[name].filter((one) => one !== value) } },
      })),
    ),
    ...statuses.map((status) => ({
      label: STATUS_LABELS[status],
      without: { statuses: statuses.filter((one) => one !== status) },
    })),
    ...(low === null && high === null
      ? []
      : [{ label: `Rating ${low ?? 1} to ${high ?? 10}`, without: { low: null, high: null } }]),
    ...(apart === null
      ? []
      : [
          {
            label: `Disagreement ${PARTY_LABELS[apart.party]} of ${apart.points} or more`,
            without: { apart: null },
          },
        ]),
    ...(search === '' ? [] : [{ label: `“${search}”`, without: { search: '', fields: FIELDS } }]),
  ];
}
