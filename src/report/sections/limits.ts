import type { ConcurrencyHistory, LimitChange } from '../../domain/concurrency-history.ts';
import type { SessionRecord } from '../../ports/run-archive.ts';
import { type Content, type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';

/** How many calls every endpoint was given at once, session by session; nothing where not recorded. */
export function limits(sessions: readonly SessionRecord[], id: string): Html {
  const histories = sessions.flatMap(({ limits: own }, index) =>
    own.map((history) => ({ history, session: index + 1 })),
  );
  if (histories.length === 0) return html``;
  const several = sessions.length > 1;
  return plainTable({
    id,
    caption: 'Calls in flight at once',
    headings: [
      'Endpoint',
      ...(several ? ['Session'] : []),
      'Allowed over time',
      'First',
      'Lowest',
      'Last',
      'Allowed at most',
      'Changes',
    ],
    rows: histories.map(({ history, session }) => row(history, several ? [session] : [])),
  });
}

function row(history: ConcurrencyHistory, session: readonly Content[]): Content[] {
  const { endpoint, ceiling, changes } = history;
  const allowed = changes.map(({ limit }) => limit);
  const number = (value: number | undefined) => value?.toLocaleString('en') ?? 'not recorded';
  return [
    name(endpoint),
    ...session,
    stepLine(history),
    number(allowed[0]),
    allowed.length === 0 ? 'not recorded' : number(Math.min(...allowed)),
    number(allowed.at(-1)),
    number(ceiling),
    causes(changes),
  ];
}

const CAUSES: Readonly<Record<LimitChange['cause'], string>> = {
  start: 'start',
  growth: 'raised after success',
  'rate-limit': 'cut by a rate limit',
  timeout: 'cut by a timeout',
  'server-queue': 'cut as the server queued',
  'server-idle': 'raised as the server had room',
};

/** `2 × cut by a rate limit, 5 × raised after success`. */
function causes(changes: readonly LimitChange[]): string {
  const counts = new Map<LimitChange['cause'], number>();
  for (const { cause } of changes) {
    if (cause !== 'start') counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return counts.size === 0
    ? 'none'
    : [...counts].map(([cause, count]) => `${count} × ${CAUSES[cause]}`).join(', ');
}

const WIDTH = 160;
const HEIGHT = 28;

/** The limit as a step line over the session's time, from 0 to the ceiling. */
function stepLine({ ceiling, changes }: ConcurrencyHistory): Html {
  const end = Math.max(1, changes.at(-1)?.atMs ?? 0) * 1.1;
  const x = (atMs: number) => ((atMs / end) * WIDTH).toFixed(1);
  const y = (limit: number) => (HEIGHT - 1 - (limit / ceiling) * (HEIGHT - 2)).toFixed(1);
  const [first] = changes;
  if (first === undefined) return html`not recorded`;
  const steps = changes.slice(1).map(({ atMs, limit }) => `H${x(atMs)}V${y(limit)}`);
  const seconds = ((changes.at(-1)?.atMs ?? 0) / 1000).toFixed(1);
  return html`<svg class="steps" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="From ${first.limit} to ${changes.at(-1)?.limit ?? first.limit} of ${ceiling}, last changed after ${seconds} seconds"><path d="M0 ${y(first.limit)}${steps.join('')}H${WIDTH}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>`;
}
