import { fileExists } from '../adapters/files/read-text.ts';
import type { ModelConfig } from '../config/schema.ts';
import type { InputProblem } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { RecordedAnswers, RunModel } from '../run/program.ts';
import type { ConfigAtHand } from './read-config.ts';
import { readAnswers } from './recorded-answers.ts';

/** The config's models, those with recorded answers having them at hand. */
export interface ModelsAtHand {
  readonly models: readonly RunModel[];
  /** Hash of each model's recorded answers; null where it is asked. */
  readonly recordings: readonly (string | null)[];
}

/** Reads the models and the files of recorded answers that they name; problems are added. */
export async function readModels(
  hand: ConfigAtHand,
  problems: InputProblem[],
): Promise<ModelsAtHand> {
  const models: RunModel[] = [];
  const recordings: (string | null)[] = [];
  for (const [index, config] of hand.loaded.config.models.entries()) {
    const { responses } = config;
    if (responses === undefined) {
      models.push(askedModel(config));
      recordings.push(null);
    } else {
      const file = hand.resolve(responses);
      if (!fileExists(file)) {
        problems.push(
          hand.loaded.problemAt(['models', index, 'responses'], `there is no file ${file}`),
        );
        continue;
      }
      const { answers, fingerprint } = await readAnswers(file, problems);
      const most = config.best ?? hand.loaded.config.trials.responses;
      models.push(recordedModel(config, (item) => answers(item).slice(0, most)));
      recordings.push(fingerprint);
    }
  }
  return { models, recordings };
}

function askedModel(config: ModelConfig): RunModel {
  const { name, variant = null, api, decoding, model, endpoint, strictParams } = config;
  const spec = { name, variant, model: model ?? null, api, decoding };
  const price = config.price ?? null;
  return { spec, strictParams, price, endpoint: endpoint ?? null, recorded: null };
}

function recordedModel(config: ModelConfig, recorded: RecordedAnswers): RunModel {
  const { name, variant = null, api, decoding, strictParams } = config;
  const spec = { name, variant, model: null, api, decoding };
  return { spec, strictParams, price: null, endpoint: null, recorded };
}

interface Gaps {
  /** Recorded answers in the plan; a question without one counts, and will be missing. */
  readonly planned: number;
  readonly problems: readonly InputProblem[];
  readonly warnings: readonly InputProblem[];
}

/** Questions that a file of recorded answers leaves open; a file that answers none is a mistake. */
export async function findGaps(
  hand: ConfigAtHand,
  { models }: ModelsAtHand,
  items: AsyncIterable<Item>,
): Promise<Gaps> {
  if (models.every(({ recorded }) => recorded === null)) {
    return { planned: 0, problems: [], warnings: [] };
  }
  const open = models.map(() => 0);
  let total = 0;
  let planned = 0;
  for await (const item of items) {
    total += 1;
    for (const [index, { recorded }] of models.entries()) {
      if (recorded === null) continue;
      const answers = recorded(item).length;
      planned += Math.max(1, answers);
      if (answers === 0) open[index] = (open[index] ?? 0) + 1;
    }
  }
  const found = open.flatMap((count, index) => {
    if (count === 0) return [];
    const none = count === total;
    const message = none
      ? `no row of this file names one of the ${total} questions; \`item\` must be a question's id, or \`question\` its exact text`
      : `has no answer to ${count} of ${total} questions; they will be missing`;
    return [{ none, problem: hand.loaded.problemAt(['models', index, 'responses'], message) }];
  });
  return {
    planned,
    problems: found.filter(({ none }) => none).map(({ problem }) => problem),
    warnings: found.filter(({ none }) => !none).map(({ problem }) => problem),
  };
}
