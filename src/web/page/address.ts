import { NO_QUERY, type Query, readQuery, writeQuery } from '../answers/query.ts';

/** Where a reader is: all of it is in the page's address, so that a link leads there. */
export interface Address {
  /** null: the newest run. */
  readonly run: string | null;
  /** An open answer; null: the list. */
  readonly answer: number | null;
  readonly query: Query;
}

/**
 * `#/RUN/ANSWER?model=…`: behind the number sign, as a page that was opened from a disk can have no
 * other address.
 */
export function readAddress(hash: string): Address {
  const [path = '', parameters = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [run = '', answer = ''] = path.split('/').map(decoded);
  return {
    run: run === '' ? null : run,
    answer: /^\d+$/.test(answer) ? Number(answer) : null,
    query: readQuery(new URLSearchParams(parameters)),
  };
}

export function writeAddress({ run, answer, query }: Address): string {
  const path = [run ?? '', ...(answer === null ? [] : [String(answer)])].map(encodeURIComponent);
  const parameters = writeQuery(query).toString();
  return `#/${path.join('/')}${parameters === '' ? '' : `?${parameters}`}`;
}

/** The same place with another query; a changed filter begins at its first page. */
export function withQuery(address: Address, change: Partial<Query>): Address {
  const page = change.page ?? NO_QUERY.page;
  return { ...address, answer: null, query: { ...address.query, ...change, page } };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A link cut in the middle of a character.
    return part;
  }
}
