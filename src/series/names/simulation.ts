import type { Json } from '../../domain/json.ts';
import { at, isList } from '../../domain/json-path.ts';
import type { StoredRun } from '../../ports/run-archive.ts';

/** The names that the simulator gives itself in its replies begin with this. */
const SERVED_PREFIX = 'simulated:';

/**
 * Why a run's figures measure nothing; null where nothing says so. A simulated endpoint, a rehearsal
 * and a simulator behind a real URL are each found on their own.
 */
export function simulationNotice(runs: readonly StoredRun[]): string | null {
  const notices = runs.flatMap((run) => noticeOf(run) ?? []);
  const [first] = notices;
  if (first === undefined) return null;
  const some = notices.length < runs.length ? ' This holds for some of the runs shown here.' : '';
  return `${first}${some}`;
}

function noticeOf({ definition, sessions, served }: StoredRun): string | null {
  if (sessions.some(({ provenance }) => at(provenance, 'rehearsal') === true)) {
    return 'This is a rehearsal: every endpoint was replaced by the simulator. The figures show what the report looks like; they measure no model.';
  }
  const kinds = usedEndpointKinds(at(definition.provenance, 'config'));
  const simulated = served.filter(({ servedModel }) => servedModel?.startsWith(SERVED_PREFIX));
  if (!kinds.includes('simulated') && simulated.length === 0) return null;
  const roles = new Set(simulated.map(({ role }) => role));
  const who = roles.size === 1 ? WHO[[...roles][0] ?? 'model'] : 'Models and judge were';
  return `${who} simulated. The figures show what the program prints; they measure no model.`;
}

/** A config may describe endpoints that nothing in it asks. */
function usedEndpointKinds(config: Json | undefined): (Json | undefined)[] {
  const users = [at(config, 'models'), at(config, 'judges')].flatMap((entries) =>
    isList(entries) ? entries : [],
  );
  return users.flatMap((user) => {
    const endpoint = at(user, 'endpoint');
    return typeof endpoint === 'string' ? at(at(at(config, 'endpoints'), endpoint), 'kind') : [];
  });
}

const WHO = { model: 'The models were', judge: 'The judge was' } as const;
