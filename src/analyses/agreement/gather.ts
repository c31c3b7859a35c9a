import { modelLabel } from '../../domain/model-label.ts';
import type { HumanRatedAnswer } from '../../ports/human-ratings.ts';
import type { ItemLabels, RunArchive, StoredRun } from '../../ports/run-archive.ts';
import { judgeKeyOf } from '../../series/scores/scored-series.ts';
import type { AgreementSource } from './agreement.ts';
import type { RatedAnswer } from './levels/pairs.ts';

/** Reads the answers of runs, which must exist, with all their ratings. */
export function gatherAgreement(archive: RunArchive, ids: readonly string[]): AgreementSource {
  const { humanRatings: human } = archive;
  const stored = ids.map((id) => archive.loadRun(id));
  const rated = new Map(human.ratedAnswers().map((answer) => [answer.key, answer]));
  const labels = labelJudges(stored);
  const answers = new Map<number, RatedAnswer & { judges: Map<string, number | null> }>();
  for (const run of stored) {
    const { id } = run.definition;
    const items = new Map([...archive.itemLabels(id)].map((item) => [item.position, item]));
    const keys = rated.size > 0 ? human.answerKeys(id) : new Map<number, string>();
    for (const { response, model, style, item, judge, rating } of human.judgedResponses(id)) {
      const known = answers.get(response) ?? {
        ...placeOf(items.get(item), { response, key: keys.get(response) }),
        ...systemOf(run, { model, style }),
        judges: new Map<string, number | null>(),
        raters: rated.get(keys.get(response) ?? '')?.ratings ?? [],
      };
      answers.set(response, known);
      const label = labels(run, judge);
      known.judges.set(label, rating ?? known.judges.get(label) ?? null);
    }
  }
  const linked = new Set([...answers.values()].map(({ answer }) => answer));
  const outside = [...rated.values()].filter(({ key }) => !linked.has(key));
  const sources = human.sources();
  return {
    runs: ids,
    answers: [...answers.values(), ...outside.map(outsideAnswer)],
    judges: stored
      .flatMap((run) => run.definition.judges.map((_, judge) => labels(run, judge)))
      .filter((label, index, all) => all.indexOf(label) === index),
    ratings: sources.reduce((sum, { ratings }) => sum + ratings, 0),
    rescaled: sources.reduce((sum, { rescaled }) => sum + rescaled, 0),
    sources: sources.map(({ source }) => source),
  };
}

function placeOf(
  item: ItemLabels | undefined,
  { response, key }: { readonly response: number; readonly key: string | undefined },
): Pick<RatedAnswer, 'answer' | 'cluster' | 'culture' | 'category'> {
  if (!item) throw new Error(`answer ${response} is of an item that its run does not have`);
  const { culture, category, cluster, key: question } = item;
  return {
    answer: key ?? `response ${response}`,
    cluster: cluster === null ? question : `cluster ${cluster}`,
    culture,
    category,
  };
}

function outsideAnswer({
  key,
  questionKey,
  culture,
  category,
  ratings,
}: HumanRatedAnswer): RatedAnswer {
  return {
    answer: key,
    cluster: questionKey,
    culture,
    category,
    system: null,
    names: null,
    judges: new Map(),
    raters: ratings,
  };
}

function systemOf(
  { definition }: StoredRun,
  { model, style }: { readonly model: number; readonly style: number },
): { system: string; names: NonNullable<RatedAnswer['names']> } {
  const spec = definition.models[model]?.spec;
  const prompting = definition.styles[style]?.name;
  if (!spec || prompting === undefined)
    throw new Error(`run ${definition.id} has no model ${model} or style ${style}`);
  const label = modelLabel(spec);
  return {
    system: definition.styles.length > 1 ? `${label}, ${prompting}` : label,
    names: { model: spec.name, variant: spec.variant, style: prompting },
  };
}

/** Judges by name; where one name stands for several (other rubrics or decoding), with the run's id. */
export function labelJudges(
  stored: readonly StoredRun[],
): (run: StoredRun, judge: number) => string {
  const keys = new Map<string, Set<string>>();
  for (const { definition } of stored) {
    definition.judges.forEach(({ spec }, judge) => {
      const known = keys.get(spec.name) ?? new Set();
      keys.set(spec.name, known.add(judgeKeyOf(definition, { model: 0, judge })));
    });
  }
  return ({ definition }, judge) => {
    const name = definition.judges[judge]?.spec.name;
    if (name === undefined) throw new Error(`run ${definition.id} has no judge ${judge}`);
    return (keys.get(name)?.size ?? 0) > 1 ? `${name} (${definition.id})` : name;
  };
}
