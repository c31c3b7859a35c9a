import type { Json } from '../../domain/json.ts';
import { isList, isRecord } from '../../domain/json-path.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { StoredRun } from '../../ports/run-archive.ts';

/** A setting that is not the same in all runs; null where a run lacks it. */
export interface SettingDifference {
  readonly setting: string;
  /** One a run, in their order. */
  readonly values: readonly (string | null)[];
}

/** Settings that differ between runs: their configs leaf by leaf, prompts and rubrics by fingerprint. */
export function settingDifferences(runs: readonly StoredRun[]): SettingDifference[] {
  if (runs.length < 2) return [];
  const settings = runs.map(settingsOf);
  const names = [...new Set(settings.flatMap((entry) => [...entry.keys()]))];
  return names
    .map((setting) => ({ setting, values: settings.map((entry) => entry.get(setting) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function settingsOf({ definition, sessions }: StoredRun): Map<string, string> {
  const { provenance, models, judges } = definition;
  const settings = new Map<string, string>();
  const put = (setting: string, value: Json) => {
    for (const [path, leaf] of leaves(value, setting)) settings.set(path, leaf);
  };
  put('', isRecord(provenance) ? leaveOut(provenance) : provenance);
  for (const [role, entries] of [
    ['model', models],
    ['judge', judges],
  ] as const) {
    for (const { spec } of entries) {
      const { model, api, decoding } = spec;
      put(`${role} ${modelLabel(spec)}`, { model, api, decoding });
    }
  }
  const programs = sessions.flatMap((session) => {
    const program = isRecord(session.provenance) ? session.provenance['program'] : undefined;
    return typeof program === 'string' ? program : [];
  });
  if (programs.length > 0) settings.set('program version', [...new Set(programs)].join(', '));
  return settings;
}

/** Models and judges are compared by name, not by their place in the config. */
function leaveOut(provenance: { readonly [key: string]: Json }): Json {
  const { config, ...rest } = provenance;
  if (config === undefined || !isRecord(config)) return provenance;
  const { models: _models, judges: _judges, ...settings } = config;
  return { config: settings, ...rest };
}

function* leaves(value: Json, path: string): Generator<readonly [string, string]> {
  const entries = entriesOf(value);
  if (entries === null) {
    yield [path, typeof value === 'string' ? value : JSON.stringify(value)];
    return;
  }
  for (const [key, entry] of entries) yield* leaves(entry, path === '' ? key : `${path}.${key}`);
}

/** Lists of plain values are one setting; anything deeper is entered. */
function entriesOf(value: Json): (readonly [string, Json])[] | null {
  if (isList(value)) {
    const nested = value.filter((entry) => isRecord(entry) || isList(entry));
    return nested.length > 0 ? value.map((entry, index) => [`${index + 1}`, entry] as const) : null;
  }
  return isRecord(value) ? Object.entries(value) : null;
}
