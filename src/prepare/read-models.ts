import { isPattern, matchFiles } from '../adapters/files/match-files.ts';
import type { ModelConfig } from '../config/schema.ts';
import { counted } from '../domain/counted.ts';
import type { InputProblem } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import { answers, type RecordedAnswers, type RunModel } from './program.ts';
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
      const file = hand.resolve(responses.file);
      if (matchFiles(file).length === 0) {
        const message = isPattern(file) ? `no file matches ${file}` : `there is no file ${file}`;
        problems.push(hand.loaded.problemAt(['models', index, 'responses'], message));
        continue;
      }
      const recording = await readAnswers({ ...responses, file }, problems);
      const most = config.best ?? hand.loaded.config.trials.responses;
      models.push(recordedModel(config, (item) => recording.answers(item).slice(0, most)));
      recordings.push(recording.fingerprint);
    }
  }
  return { models, recordings };
}

function askedModel(config: ModelConfig): RunModel {
  const { name, variant = null, api, decoding, model, endpoint, strictParams } = config;
  const spec = { name, variant, model: model ?? null, api, decoding };
  const price = config.price ?? null;
  const cultures = config.cultures ?? null;
  return { spec, strictParams, price, endpoint: endpoint ?? null, cultures, recorded: null };
}

function recordedModel(config: ModelConfig, recorded: RecordedAnswers): RunModel {
  const { name, variant = null, api, decoding, strictParams } = config;
  const spec = { name, variant, model: null, api, decoding };
  const cultures = config.cultures ?? null;
  return { spec, strictParams, price: null, endpoint: null, cultures, recorded };
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
  const counts = await countAnswers(models, items);
  const found = counts.flatMap(({ open: count, questions: total }, index) => {
    if (count === 0) return [];
    const none = count === total;
    const message = none
      ? `no row of this file names one of the ${counted(total, 'question')}; \`item\` must be a question's id, or \`question\` its exact text`
      : `has no answer to ${count} of ${counted(total, 'question')}, missing from the figures`;
    return [{ none, problem: hand.loaded.problemAt(['models', index, 'responses'], message) }];
  });
  return {
    planned: counts.reduce((sum, { planned }) => sum + planned, 0),
    problems: found.filter(({ none }) => none).map(({ problem }) => problem),
    warnings: found.filter(({ none }) => !none).map(({ problem }) => problem),
  };
}

interface AnswerCount {
  /** That the model is to answer, and those of them that the file leaves open. */
  questions: number;
  open: number;
  planned: number;
}

/** By model; all zero for those that are asked. */
async function countAnswers(
  models: readonly RunModel[],
  items: AsyncIterable<Item>,
): Promise<readonly AnswerCount[]> {
  const counts = models.map((model) => ({ model, questions: 0, open: 0, planned: 0 }));
  for await (const item of items) {
    for (const count of counts) {
      if (count.model.recorded === null || !answers(count.model, item.culture)) continue;
      const given = count.model.recorded(item).length;
      count.questions += 1;
      count.open += given === 0 ? 1 : 0;
      count.planned += Math.max(1, given);
    }
  }
  return counts;
}
