import { type Query, writeQuery } from '../answers/query.ts';
import type { ViewSource } from './source.ts';

/** Pages of the server that this page is from. */
export const serverSource: ViewSource = {
  runs: () => get('/api/runs'),
  facts: (run) => get(pathOf(run)),
  list: (run, query) => get(`${pathOf(run)}/answers`, query),
  pairs: (run, query) => get(`${pathOf(run)}/pairs`, query),
  answer: (run, id, query) => get(`${pathOf(run)}/answers/${id}`, query),
  rate: (run, given) => send(run, 'PUT', given),
  withdraw: (run, { id, rater }) => send(run, 'DELETE', { id, rater }),
};

const pathOf = (run: string) => `/api/runs/${encodeURIComponent(run)}`;

/** The server is this program's own: what it sends has the type that it was written with. */
async function get<Page>(path: string, query?: Query): Promise<Page> {
  const parameters = query === undefined ? '' : `?${writeQuery(query)}`;
  return await answered(await fetch(`${path}${parameters}`));
}

async function send<Page>(run: string, method: 'PUT' | 'DELETE', body: object): Promise<Page> {
  const headers = { 'content-type': 'application/json', 'x-care-judge': '1' };
  return await answered(
    await fetch(`${pathOf(run)}/rating`, { method, headers, body: JSON.stringify(body) }),
  );
}

async function answered<Page>(response: Response): Promise<Page> {
  if (response.ok) return await response.json();
  const text = await response.text();
  throw new Error(response.headers.get('content-type')?.includes('json') ? errorOf(text) : text);
}

function errorOf(text: string): string {
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : text;
}
