import { NO_QUERY } from '../answers/query.ts';
import type { Progress, RunName } from '../answers/wire.ts';
import { Name } from './passage.tsx';
import type { Shown } from './shown.ts';
import { countText } from './words.ts';

/** Which run is shown, and how far it is. */
export function Masthead({
  facts,
  runs,
  run,
  go,
  stale,
  children,
}: Shown & {
  readonly runs: readonly RunName[];
  /** Why what is shown is no longer followed; null where it is. */
  readonly stale: string | null;
  readonly children: preact.ComponentChildren;
}) {
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
      {stale !== null && (
        <p class="banner" role="alert">
          <strong>Not up to date.</strong> {stale} Is care-judge view still running? Reload the page
          to try again.
        </p>
      )}
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
