import type { Query } from '../answers/query.ts';
import type { PageOf } from '../answers/wire.ts';
import { type Address, withQuery, writeAddress } from './address.ts';
import { countText } from './words.ts';

/** Links to the pages of a list: the first, the last, and those around the one that is shown. */
export function Pager({ at, address }: { readonly at: PageOf; readonly address: Address }) {
  const { page, pages } = at;
  if (pages === 1) return null;
  const link = (to: number, label: string, more: { readonly rel?: string } = {}) => (
    <a key={label} href={hrefOf(address, { page: to })} {...more}>
      {label}
    </a>
  );
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 && link(page - 1, 'Previous', { rel: 'prev' })}
      {shownPages(page, pages).map((number, place, all) => (
        <span key={number}>
          {number - (all[place - 1] ?? 0) > 1 && <span class="gap">…</span>}
          {number === page ? (
            <span aria-current="page">{countText(number)}</span>
          ) : (
            link(number, countText(number))
          )}
        </span>
      ))}
      {page < pages && link(page + 1, 'Next', { rel: 'next' })}
    </nav>
  );
}

function hrefOf(address: Address, change: Partial<Query>): string {
  return writeAddress(withQuery(address, change));
}

const AROUND = 2;

function shownPages(page: number, pages: number): number[] {
  const near = Array.from({ length: 2 * AROUND + 1 }, (_, place) => page - AROUND + place);
  const shown = new Set([1, ...near, pages].filter((one) => one >= 1 && one <= pages));
  return [...shown].sort((a, b) => a - b);
}
