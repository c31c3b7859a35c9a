import { fingerprint } from '../../domain/fingerprint.ts';
import { at } from '../../domain/json-path.ts';
import type { Jury } from '../../domain/jury.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { ScorerDefinition } from '../../domain/rule-judgment.ts';
import type {
  JudgeDefinition,
  ModelDefinition,
  RunDefinition,
  StyleDefinition,
} from '../../domain/run-definition.ts';
import type { StoredRun } from '../../ports/run-archive.ts';
import { judgeKeyOf } from './scored-series.ts';

/** Places of one run's models, styles and judges in the merged run. */
export interface Placement {
  readonly model: (position: number) => number;
  readonly style: (position: number) => number;
  readonly judge: (position: number) => number;
  readonly scorer: (position: number) => number;
}

export interface MergedRuns {
  readonly definition: RunDefinition;
  /** One a run, in their order. */
  readonly placements: readonly Placement[];
}

/**
 * Several runs as one, so that they share tables and charts. Models that two runs have by one name
 * get the run's name behind their own; a style is shared where it is the same to the last character, a
 * judge where its rubrics are the same as well; else they are named apart.
 */
export function mergeRuns(runs: readonly StoredRun[]): MergedRuns {
  const definitions = runs.map(({ definition }) => definition);
  const suffixes = suffixesOf(definitions);
  const models = mergeModels(definitions, suffixes);
  const styles = mergeNamed(
    definitions.map((definition) => definition.styles),
    suffixes,
    { name: (style) => style.name, key: styleKey, rename: (style, name) => ({ ...style, name }) },
  );
  const judges = mergeNamed<JudgeDefinition>(
    definitions.map((definition) =>
      // The same judge with other rubrics is another judge: their ratings do not compare.
      definition.judges.map((own, judge) => ({
        ...own,
        key: judgeKeyOf(definition, { model: 0, judge }),
      })),
    ),
    suffixes,
    {
      name: ({ spec }) => spec.name,
      key: ({ key }) => key,
      rename: (judge, name) => ({ ...judge, spec: { ...judge.spec, name } }),
    },
  );
  const juries = mergeNamed<Jury>(
    definitions.map((definition, run) =>
      definition.juries.map((jury) => ({
        ...jury,
        judges: jury.judges.map(placeIn(judges.places, run)),
      })),
    ),
    suffixes,
    { name: (jury) => jury.name, key: juryKey, rename: (jury, name) => ({ ...jury, name }) },
  );
  const scorers = mergeNamed<ScorerDefinition>(
    definitions.map((definition) => definition.scorers),
    suffixes,
    {
      name: ({ name }) => name,
      key: ({ name, key }) => JSON.stringify([name, key]),
      rename: (scorer, name) => ({ ...scorer, name }),
    },
  );
  return {
    definition: {
      id: definitions.map(({ id }) => id).join(' + '),
      name: definitions.map(({ name }) => name).join(' and '),
      planKey: fingerprint(definitions.map(({ planKey }) => planKey)),
      models: models.merged,
      styles: styles.merged,
      judges: judges.merged,
      juries: juries.merged,
      scorers: scorers.merged,
      rubrics: Object.assign({}, ...definitions.map(({ rubrics }) => rubrics)),
      provenance: {
        runs: Object.fromEntries(definitions.map(({ id, provenance }) => [id, provenance])),
      },
    },
    placements: definitions.map((_, run) => ({
      model: placeIn(models.places, run),
      style: placeIn(styles.places, run),
      judge: placeIn(judges.places, run),
      scorer: placeIn(scorers.places, run),
    })),
  };
}

function placeIn(
  places: readonly (readonly number[])[],
  run: number,
): (position: number) => number {
  return (position) => {
    const place = places[run]?.[position];
    if (place === undefined)
      throw new Error('a rating refers to a model, style or judge the run does not have');
    return place;
  };
}

/** Run names; where those are shared the rubric sets, if they tell the runs apart; else ids. */
function suffixesOf(definitions: readonly RunDefinition[]): string[] {
  const names = definitions.map(({ name }) => name);
  const ids = definitions.map(({ id }) => id);
  const sets = definitions.map(({ id, provenance }) => {
    const set = at(provenance, 'rubricSet');
    return typeof set === 'string' ? set : id;
  });
  const apart = (labels: readonly string[]) => new Set(labels).size === labels.length;
  return [names, sets].find(apart) ?? ids;
}

interface Merged<Entry> {
  readonly merged: readonly Entry[];
  readonly places: readonly (readonly number[])[];
}

function mergeModels(
  definitions: readonly RunDefinition[],
  suffixes: readonly string[],
): Merged<ModelDefinition> {
  const merged: ModelDefinition[] = [];
  // Entries of one run that share a label are one model.
  const labels = definitions.flatMap(({ models }) => [
    ...new Set(models.map(({ spec }) => modelLabel(spec))),
  ]);
  // A name is told apart for all its variants, or a variant would lose sight of its baseline.
  const shared = new Set(
    definitions.flatMap(({ models }) =>
      models
        .filter(({ spec }) => labels.filter((label) => label === modelLabel(spec)).length > 1)
        .map(({ spec }) => spec.name),
    ),
  );
  const places = definitions.map(({ models }, run) =>
    models.map((model) => {
      const { name } = model.spec;
      const told = shared.has(name) ? `${name} · ${suffixes[run]}` : name;
      return merged.push({ ...model, spec: { ...model.spec, name: told } }) - 1;
    }),
  );
  return { merged, places };
}

interface Naming<Entry> {
  readonly name: (entry: Entry) => string;
  readonly key: (entry: Entry) => string;
  readonly rename: (entry: Entry, name: string) => Entry;
}

function mergeNamed<Entry>(
  lists: readonly (readonly Entry[])[],
  suffixes: readonly string[],
  { name, key, rename }: Naming<Entry>,
): Merged<Entry> {
  const merged: Entry[] = [];
  const keys: string[] = [];
  const places = lists.map((list, run) =>
    list.map((entry) => {
      const known = keys.indexOf(key(entry));
      if (known >= 0) return known;
      keys.push(key(entry));
      const taken = merged.some((other) => name(other) === name(entry));
      return merged.push(taken ? rename(entry, `${name(entry)} · ${suffixes[run]}`) : entry) - 1;
    }),
  );
  return { merged, places };
}

function styleKey({ name, user, system }: StyleDefinition): string {
  return JSON.stringify([name, user?.fingerprint ?? null, system?.fingerprint ?? null]);
}

function juryKey({ name, judges, aggregate, excludeOwnFamily }: Jury): string {
  return JSON.stringify([name, judges, aggregate, excludeOwnFamily]);
}
