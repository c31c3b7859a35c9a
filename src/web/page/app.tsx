import { useRef } from 'preact/hooks';
import { NO_QUERY, type Query, SORTS } from '../answers/query.ts';
import type { AnswerList, PageOf, PairList, Progress, RunFacts, RunName } from '../answers/wire.ts';
import { type Address, withQuery, writeAddress } from './address.ts';
import { AnswerPage } from './answer.tsx';
import { Chips, Filters } from './filters.tsx';
import { List } from './list.tsx';
import { Pairs, Sides } from './pairs.tsx';
import { Name } from './passage.tsx';
import type { ViewSource } from './source.ts';
import { useAddress, useKept, useKeys, useLoaded } from './state.ts';
import { countText, SORT_LABELS } from './words.ts';

/** A search that goes on, and a run that does, are looked at again after so long. */
const AGAIN_MS = 400;
const LIVE_MS = 2000;

/** The viewer: a bar that says which run, then a list with its filters, or one answer. */
export function App({ source }: { readonly source: ViewSource }) {
  const [address, go] = useAddress();
  const runs = useLoaded('runs', source.runs);
  const run = address.run ?? runs.value?.at(-1)?.id ?? null;
  const facts = useLoaded(
    run,
    () => source.facts(run ?? ''),
    ({ progress: { live } }) => (live ? LIVE_MS : null),
  );
  const [blind, setBlind] = useKept('blind', 'off');
  if (runs.error !== null || facts.error !== null)
    return <Problem message={runs.error ?? facts.error ?? ''} />;
  if (runs.value?.length === 0) return <Problem message="The store holds no run yet." />;
  if (run === null || facts.value === null) return <p class="wait">Reading the run …</p>;
  const shown = { source, run, facts: facts.value, address: { ...address, run }, go };
  return (
    <>
      <a class="skip" href="#main">
        Skip to the answers
      </a>
      <Masthead {...shown} runs={runs.value ?? []}>
        <label class="toggle">
          <input
            type="checkbox"
            checked={blind === 'on'}
            onChange={() => setBlind(blind === 'on' ? 'off' : 'on')}
          />{' '}
          Rate blind
        </label>
      </Masthead>
      {address.answer === null ? (
        <Lists {...shown} blind={blind === 'on'} />
      ) : (
        <OneAnswer {...shown} blind={blind === 'on'} id={address.answer} />
      )}
      <footer>
        Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Enter</kbd> opens, <kbd>u</kbd> back
        to the list, <kbd>/</kbd> search, <kbd>1</kbd>–<kbd>9</kbd> <kbd>0</kbd> rate 1 to 10,{' '}
        <kbd>d</kbd> shared words.
      </footer>
    </>
  );
}

interface Shown {
  readonly source: ViewSource;
  readonly run: string;
  readonly facts: RunFacts;
  readonly address: Address;
  readonly go: (address: Address) => void;
}

function Problem({ message }: { readonly message: string }) {
  return (
    <main id="main" class="problem">
      <h1>Nothing to show</h1>
      <p role="alert">{message}</p>
    </main>
  );
}

function Masthead({
  facts,
  runs,
  run,
  go,
  children,
}: Shown & { readonly runs: readonly RunName[]; readonly children: preact.ComponentChildren }) {
  return (
    <header class="bar">
      <p class="kicker">care-judge view</p>
      {runs.length > 1 ? (
        <select
          aria-label="Run"
          value={run}
          onChange={({ currentTarget: { value } }) =>
            go({ run: value, answer: null, query: NO_QUERY })
          }
        >
          {runs.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      ) : (
        <strong class="run">
          <Name text={facts.name} />
        </strong>
      )}
      <ProgressLine progress={facts.progress} />
      {children}
      {facts.simulated !== null && (
        <p class="banner" role="note">
          <strong>Simulated.</strong> {facts.simulated}
        </p>
      )}
    </header>
  );
}

function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { answers, answered, judgments, rated, missing, live } = progress;
  const share = judgments === 0 ? 0 : (rated + missing) / judgments;
  return (
    <p class="progress" role={live ? 'status' : undefined}>
      {live && <span class="live">running </span>}
      {answered < answers && `${countText(answered)} of ${countText(answers)} answers, `}
      {countText(rated)} of {countText(judgments)} ratings
      {missing > 0 && <span class="lost">, {countText(missing)} missing</span>}
      {live && <progress value={share} max={1} aria-label="Share of the ratings that have ended" />}
    </p>
  );
}

function OneAnswer({
  source,
  run,
  facts,
  address,
  go,
  blind,
  id,
}: Shown & { readonly blind: boolean; readonly id: number }) {
  const view = useLoaded(
    writeAddress(address),
    () => source.answer(run, id, address.query),
    () => (facts.progress.live ? LIVE_MS : null),
  );
  if (view.error !== null) return <Problem message={view.error} />;
  if (view.value === null) return <p class="wait">Reading the answer …</p>;
  return (
    <main id="main">
      <AnswerPage
        {...{ source, run, address, go, blind }}
        view={view.value}
        ratable={facts.ratable}
      />
    </main>
  );
}

type AnyList =
  | { readonly kind: 'answers'; readonly list: AnswerList }
  | { readonly kind: 'pairs'; readonly list: PairList };

function Lists(shown: Shown & { readonly blind: boolean }) {
  const { source, run, facts, address, go, blind } = shown;
  const { query } = address;
  const paired = query.sides.length > 1;
  const loaded = useLoaded<AnyList>(
    writeAddress(address),
    async () =>
      paired
        ? { kind: 'pairs', list: await source.pairs(run, query) }
        : { kind: 'answers', list: await source.list(run, query) },
    ({ list }) => {
      if (list.searched < 1) return AGAIN_MS;
      return facts.progress.live ? LIVE_MS : null;
    },
  );
  const change = (next: Partial<Query>) => go(withQuery(address, next));
  const main = useRef<HTMLElement>(null);
  useKeys(listKeys(main));
  const { value, error, loading } = loaded;
  return (
    <div class="page two">
      <details class="narrow" open={matchMedia('(min-width: 60rem)').matches}>
        <summary>Filters</summary>
        <Filters {...{ facts, query, change }} tallies={value?.list.tallies ?? null} />
      </details>
      <main id="main" ref={main} aria-busy={loading}>
        <Toolbar {...{ facts, query, change }} />
        <Chips {...{ query, change }} />
        {error !== null && <p role="alert">{error}</p>}
        {value !== null && <Found at={value.list} kind={value.kind} query={query} />}
        {value?.kind === 'answers' && <List list={value.list} {...{ address, blind }} />}
        {value?.kind === 'pairs' && <Pairs list={value.list} address={address} />}
      </main>
    </div>
  );
}

/** j and k walk through the entries, / goes to the search. */
function listKeys(main: { readonly current: HTMLElement | null }) {
  const step = (by: number) => () => {
    const links: Element[] = [...(main.current?.querySelectorAll('a.open') ?? [])];
    const here = document.activeElement === null ? -1 : links.indexOf(document.activeElement);
    const next = links[Math.max(0, Math.min(links.length - 1, here + by))];
    if (next instanceof HTMLElement) next.focus();
  };
  return {
    j: step(1),
    k: step(-1),
    '/': () => main.current?.querySelector<HTMLElement>('input[type=search]')?.focus(),
  };
}

function Found({
  at,
  kind,
  query,
}: {
  readonly at: PageOf & { readonly of: number };
  readonly kind: AnyList['kind'];
  readonly query: Query;
}) {
  const { total, of, searched } = at;
  const what = kind === 'answers' ? 'answers' : 'questions';
  return (
    <p class="found" role="status">
      {total === of
        ? `${countText(of)} ${what}`
        : `${countText(total)} of ${countText(of)} ${what}`}
      {query.search !== '' && searched < 1 && `, ${Math.floor(searched * 100)} % searched`}
    </p>
  );
}

function Toolbar({
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
