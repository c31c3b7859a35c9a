import type { InputProblem } from '../domain/errors.ts';
import { modelLabel } from '../domain/model-spec.ts';
import { nearestName } from '../domain/nearest-name.ts';
import { type IssuePath, renderPath } from './issues.ts';
import type { LoadedConfig } from './load.ts';
import type { JudgeConfig, ModelConfig, RunConfig } from './schema.ts';

/** Body fields that the program fills in itself. */
const RESERVED_DECODING = ['model', 'messages', 'prompt', 'stream', 'stream_options', 'n'];

/** What the schema cannot say: names that must be defined elsewhere, or only once. */
export function checkConfig({ file, config, lineOf }: LoadedConfig): InputProblem[] {
  const problems: InputProblem[] = [];
  const report = (path: IssuePath, message: string) => {
    problems.push({ file, line: lineOf(path), path: renderPath(path), message });
  };
  for (const [index, model] of config.models.entries()) {
    checkModel(config, model, ['models', index], report);
  }
  for (const [index, judge] of config.judges.entries()) {
    const path = ['judges', index];
    checkEndpoint(config, judge.endpoint, path, report);
    checkDecoding(judge, path, report);
    checkPrice(config, judge, path, report);
    const first = config.judges.findIndex(({ name }) => name === judge.name);
    if (first < index)
      report(
        [...path, 'name'],
        `"${judge.name}" is already the name of judges[${first}]; names must differ`,
      );
  }
  for (const [index, style] of config.prompting.entries()) {
    if (config.prompting.indexOf(style) < index)
      report(['prompting', index], `"${style}" is listed twice`);
  }
  return problems;
}

type Report = (path: IssuePath, message: string) => void;

function checkModel(config: RunConfig, model: ModelConfig, path: IssuePath, report: Report): void {
  const label = modelLabel({ name: model.name, variant: model.variant ?? null });
  const first = config.models.findIndex(
    ({ name, variant }) => name === model.name && variant === model.variant,
  );
  if (config.models.indexOf(model) > first) {
    report(
      [...path, 'name'],
      `"${label}" is already models[${first}]; give one of them another name or a variant`,
    );
  }
  if (model.responses === undefined) checkLive(config, model, path, report);
  else checkRecorded(model, path, report);
  const { baseline } = model;
  if (baseline === undefined) return;
  const variants = config.models.flatMap(({ name, variant }) =>
    name === model.name && variant !== undefined ? variant : [],
  );
  if (!variants.includes(baseline) || baseline === model.variant) {
    report(
      [...path, 'baseline'],
      `must be another variant of ${model.name}; its variants are: ${variants.join(', ') || 'none'}`,
    );
  }
}

function checkLive(config: RunConfig, model: ModelConfig, path: IssuePath, report: Report): void {
  if (model.endpoint === undefined) {
    report(
      path,
      'needs `endpoint` and `model` to be asked, or `responses`, a file of answers made elsewhere',
    );
  } else {
    checkEndpoint(config, model.endpoint, path, report);
    if (model.model === undefined) {
      report(path, 'needs `model`: the name or deployment that the endpoint knows it by');
    }
  }
  if (model.best !== undefined) report([...path, 'best'], 'goes with `responses` only');
  checkDecoding(model, path, report);
  checkPrice(config, model, path, report);
}

function checkRecorded(model: ModelConfig, path: IssuePath, report: Report): void {
  for (const key of ['endpoint', 'model', 'price'] as const) {
    if (model[key] !== undefined) {
      report([...path, key], 'does not go with `responses`: those answers are not asked for');
    }
  }
}

function checkEndpoint(config: RunConfig, name: string, path: IssuePath, report: Report): void {
  const names = Object.keys(config.endpoints);
  if (names.includes(name)) return;
  const guess = nearestName(name, names);
  report(
    [...path, 'endpoint'],
    `"${name}" is not defined under \`endpoints\`${guess ? `; did you mean "${guess}"?` : `; defined are: ${names.join(', ') || 'none'}`}`,
  );
}

function checkDecoding(
  { decoding }: ModelConfig | JudgeConfig,
  path: IssuePath,
  report: Report,
): void {
  for (const key of RESERVED_DECODING) {
    if (key in decoding) {
      report(
        [...path, 'decoding', key],
        'is set by the program; take it out (repeated answers: `trials`)',
      );
    }
  }
}

function checkPrice(
  config: RunConfig,
  { price }: ModelConfig | JudgeConfig,
  path: IssuePath,
  report: Report,
): void {
  if (config.budget !== undefined && price === undefined) {
    report(
      path,
      'needs `price: { prompt: …, completion: … }` (US dollars for a million tokens), because a budget is set',
    );
  }
}
