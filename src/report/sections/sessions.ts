import type { Json } from '../../domain/json.ts';
import { at } from '../../domain/json-path.ts';
import type { SessionRecord, StoredRun } from '../../ports/run-archive.ts';
import { type Content, type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import { limits } from './limits.ts';

/** When, where and by what program a run was made. */
export function sessions(
  { sessions: records }: StoredRun,
  { id, omit }: { readonly id: string; readonly omit: boolean },
): Html {
  if (omit) {
    return html`<p><strong>Sessions</strong> are left out on request (<code>--omit-sessions</code>), so that this page can be compared with one made on another machine: times, program and Node version, platform, git commit, calls in flight.</p>
`;
  }
  return html`${plainTable({
    id,
    caption: 'Sessions',
    headings: [
      'Begun',
      'Ended',
      'How',
      'Calls',
      'Config file',
      'Program',
      'Node',
      'Platform',
      'Commit',
    ],
    rows: records.map(row),
  })}${limits(records, `${id}-limits`)}${replays(records)}`;
}

/** Which recordings answers were taken from, so that a reader can check that theirs is the same file. */
function replays(records: readonly SessionRecord[]): Html {
  const origins = records.flatMap(({ provenance }) => at(provenance, 'replay') ?? []);
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : 'not recorded');
  return html`${origins.map(
    (origin) =>
      html`<p><strong>Replayed</strong> from the recording ${name(text(at(origin, 'file')))}, SHA-256 <code>${text(at(origin, 'sha256'))}</code>: in that session no call was made. Answers, ratings, token counts and times of these calls are the recording’s.</p>
`,
  )}`;
}

function row({ provenance, endedAt, outcome, calls }: SessionRecord): Content[] {
  const text = (key: string) => {
    const value = at(provenance, key);
    return typeof value === 'string' ? name(value) : 'not recorded';
  };
  const how = at(provenance, 'replay') === undefined ? outcome : 'replayed';
  return [
    time(at(provenance, 'startedAt')),
    endedAt === null ? 'not recorded' : time(endedAt),
    how === null ? 'broken off' : name(how),
    calls === null ? 'not recorded' : calls.toLocaleString('en'),
    text('configFile'),
    text('program'),
    text('node'),
    text('platform'),
    commit(at(provenance, 'git')),
  ];
}

function time(value: Json | undefined): string {
  if (typeof value !== 'number') return 'not recorded';
  return `${new Date(value).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function commit(git: Json | undefined): Content {
  const hash = at(git, 'commit');
  if (typeof hash !== 'string') return 'no git checkout';
  return html`<code>${hash.slice(0, 12)}</code>${at(git, 'dirty') === true && ' with changes'}`;
}
