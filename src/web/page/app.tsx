import { useEffect, useRef } from 'preact/hooks';
import type { Query } from '../answers/query.ts';
import type { AnswerList, PageOf, PairList, Progress, RunFacts } from '../answers/wire.ts';
import { withQuery, writeAddress } from './address.ts';
import { AnswerPage } from './answer.tsx';
import { Chips, Filters } from './filters.tsx';
import { List } from './list.tsx';
import { Masthead } from './masthead.tsx';
import { Pairs } from './pairs.tsx';
import type { Shown } from './shown.ts';
import type { ViewSource } from './source.ts';
import { useAddress, useKept, useKeys, useLoaded } from './state.ts';
import { Toolbar } from './toolbar.tsx';
import { countText } from './words.ts';

/** A search that goes on, and a run that does, are looked at again after so long. */
const AGAIN_MS = 400;
const LIVE_MS = 2000;
/** A run that is not complete may be resumed while it is looked at. */
const OPEN_MS = 10_000;

function untilNext({ live, judgments, rated, missing }: Progress): number | null {
  if (live) return LIVE_MS;
  return rated + missing < judgments ? OPEN_MS : null;
}

/** The viewer: a bar that says which run, then a list with its filters, or one answer. */
export function App({ source }: { readonly source: ViewSource }) {
  const [address, go] = useAddress();
  const runs = useLoaded('runs', source.runs);
  const run = address.run ?? runs.value?.at(-1)?.id ?? null;
  const facts = useLoaded(
    run,
    () => source.facts(run ?? ''),
    ({ progress }) => untilNext(progress),
  );
  const [blindness, setBlindness] = useKept('blind', 'off');
  useTitle(facts.value, address.answer);
  const error = runs.error ?? facts.error;
  if (error !== null && facts.value === null) return <Problem message={error} />;
  if (runs.value?.length === 0) return <Problem message="The store holds no run yet." />;
  if (run === null || facts.value === null) return <p class="wait">Reading the run …</p>;
  const blind = blindness === 'on' && facts.value.ratable;
  const shown = { source, run, facts: facts.value, address: { ...address, run }, go };
  return (
    <>
      <a class="skip" href="#main">
        Skip to the answers
      </a>
      <Masthead {...shown} runs={runs.value ?? []} stale={error}>
        {facts.value.ratable && (
          <label class="toggle">
            <input
              type="checkbox"
              checked={blind}
              onChange={() => setBlindness(blind ? 'off' : 'on')}
            />{' '}
            Rate blind
          </label>
        )}
      </Masthead>
      {address.answer === null ? (
        <Lists {...shown} blind={blind} />
      ) : (
        <OneAnswer {...shown} blind={blind} id={address.answer} />
      )}
      <footer>
        Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Enter</kbd> opens, <kbd>u</kbd> back
        to the list, <kbd>/</kbd> search, <kbd>1</kbd>–<kbd>9</kbd> <kbd>0</kbd> rate 1 to 10,{' '}
        <kbd>d</kbd> shared words.
      </footer>
    </>
  );
}

/** Names the tab, and shows each answer from its top. */
function useTitle(facts: RunFacts | null, answer: number | null): void {
  const name = facts?.name ?? null;
  useEffect(() => {
    document.title = [...(answer === null ? [] : [`Answer ${answer}`]), name ?? 'care-judge'].join(
      ' · ',
    );
    scrollTo(0, 0);
  }, [name, answer]);
}

function Problem({ message }: { readonly message: string }) {
  return (
    <main id="main" class="problem">
      <h1>Nothing to show</h1>
      <p role="alert">{message}</p>
    </main>
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
    () => untilNext(facts.progress),
  );
  if (view.error !== null && view.value === null) return <Problem message={view.error} />;
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
      return untilNext(facts.progress);
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
