import { hasUserinfo } from '../domain/endpoint.ts';
import type { InputProblem } from '../domain/errors.ts';
import { modelLabel } from '../domain/model-label.ts';
import { nearestName } from '../domain/nearest-name.ts';
import { checkJuries } from './check-juries.ts';
import { checkScoring } from './check-scoring.ts';
import type { IssuePath } from './issue-path.ts';
import type { LoadedConfig } from './load.ts';
import type { JudgeConfig, ModelConfig } from './schema.ts';

/** Body fields that the program fills in itself. */
const RESERVED_DECODING = ['model', 'messages', 'prompt', 'stream', 'stream_options', 'n'];

interface Check extends Pick<LoadedConfig, 'config' | 'flawed'> {
  readonly report: (path: IssuePath, message: string) => void;
}

/** What the schema cannot say: names that must be defined elsewhere, or only once. */
export function checkConfig({ config, flawed, problemAt }: LoadedConfig): InputProblem[] {
  const problems: InputProblem[] = [];
  const check: Check = {
    config,
    flawed,
    report: (path, message) => problems.push(problemAt(path, message)),
  };
  for (const [index, model] of config.models.entries()) {
    checkModel(check, model, ['models', index]);
  }
  for (const [index, judge] of config.judges.entries()) {
    checkJudge(check, judge, ['judges', index]);
  }
  checkEndpoints(check);
  checkJuries(check);
  checkScoring(check);
  for (const [index, style] of config.prompting.entries()) {
    if (config.prompting.indexOf(style) < index)
      check.report(['prompting', index], `"${style}" is listed twice; take one of the two out`);
  }
  return problems;
}

/** One Authorization header goes out, and only one of these can be in it. */
function checkEndpoints({ config, report }: Check): void {
  for (const [name, endpoint] of Object.entries(config.endpoints)) {
    const ways = [
      ['headers.authorization', endpoint.headers?.['authorization'] !== undefined],
      ['apiKey', 'apiKey' in endpoint && endpoint.apiKey !== ''],
      ['apiKeyFile', 'apiKeyFile' in endpoint && endpoint.apiKeyFile !== undefined],
      ['auth', 'auth' in endpoint],
      ['the name in baseUrl', 'baseUrl' in endpoint && [endpoint.baseUrl].flat().some(hasUserinfo)],
    ] as const;
    const given = ways.flatMap(([way, isGiven]) => (isGiven ? [way] : []));
    if (given.length > 1) {
      report(['endpoints', name], `authenticates in several ways (${given.join(', ')}); keep one`);
    }
  }
}

function checkModel(check: Check, model: ModelConfig, path: IssuePath): void {
  const { config, report } = check;
  const label = modelLabel({ name: model.name, variant: model.variant ?? null });
  const namesakes = config.models
    .slice(0, config.models.indexOf(model))
    .filter(({ name, variant }) => name === model.name && variant === model.variant);
  if (namesakes.some((other) => shareCulture(other, model))) {
    report(
      [...path, 'name'],
      `"${label}" is the name of a model above; give one of them another name or a variant${model.cultures ? ', or cultures of its own' : ''}`,
    );
  }
  if (model.responses === undefined) checkLive(check, model, path);
  else checkRecorded(check, model, path);
  checkBaseline(check, model, path);
}

/** Entries of one name are one row of checkpoints as long as no question is asked of two of them. */
function shareCulture(one: ModelConfig, other: ModelConfig): boolean {
  const { cultures } = one;
  if (cultures === undefined || other.cultures === undefined) return true;
  return other.cultures.some((culture) => cultures.includes(culture));
}

function checkBaseline({ config, flawed, report }: Check, model: ModelConfig, path: IssuePath) {
  const { baseline } = model;
  // The variant may be that of a model that could not be read.
  if (baseline === undefined || flawed.has('models')) return;
  const others = config.models.flatMap(({ name, variant }) =>
    name === model.name && variant !== undefined && variant !== model.variant ? variant : [],
  );
  if (others.includes(baseline)) return;
  report(
    [...path, 'baseline'],
    `must be another variant of ${model.name}; it has ${others.join(', ') || 'no other'}`,
  );
}

function checkLive(check: Check, model: ModelConfig, path: IssuePath): void {
  const { report } = check;
  if (model.endpoint === undefined) {
    report(
      path,
      'needs `endpoint` and `model` to be asked, or `responses`, a file of answers made elsewhere',
    );
  } else {
    checkEndpoint(check, model.endpoint, path);
    if (model.model === undefined) {
      report(path, 'needs `model`: the name or deployment that the endpoint knows it by');
    }
  }
  if (model.best !== undefined) report([...path, 'best'], 'goes with `responses` only');
  checkDecoding(check, model, path);
  checkPrice(check, model, path);
}

function checkRecorded({ report }: Check, model: ModelConfig, path: IssuePath): void {
  for (const key of ['endpoint', 'model', 'price'] as const) {
    if (model[key] !== undefined) {
      report([...path, key], 'does not go with `responses`: those answers are not asked for');
    }
  }
}

function checkJudge(check: Check, judge: JudgeConfig, path: IssuePath): void {
  checkEndpoint(check, judge.endpoint, path);
  checkDecoding(check, judge, path);
  checkPrice(check, judge, path);
  const first = check.config.judges.find(({ name }) => name === judge.name);
  if (first === judge) return;
  check.report(
    [...path, 'name'],
    `"${judge.name}" is the name of a judge above; their names must differ`,
  );
}

function checkEndpoint({ config, flawed, report }: Check, name: string, path: IssuePath): void {
  const names = Object.keys(config.endpoints);
  if (names.includes(name) || (names.length === 0 && flawed.has('endpoints'))) return;
  const guess = nearestName(name, names);
  const hint =
    guess === null ? `defined are: ${names.join(', ') || 'none'}` : `did you mean "${guess}"?`;
  report([...path, 'endpoint'], `"${name}" is not defined under \`endpoints\`; ${hint}`);
}

function checkDecoding(
  { report }: Check,
  { decoding }: ModelConfig | JudgeConfig,
  path: IssuePath,
): void {
  for (const key of RESERVED_DECODING) {
    // Some gateways stream unless told otherwise.
    if (key === 'stream' && decoding[key] === false) continue;
    if (key in decoding) {
      report(
        [...path, 'decoding', key],
        'is set by the program; take it out (repeated answers: `trials`)',
      );
    }
  }
}

function checkPrice(
  { config, report }: Check,
  { price }: ModelConfig | JudgeConfig,
  path: IssuePath,
): void {
  if (config.budget !== undefined && price === undefined) {
    report(
      path,
      'needs `price: { prompt: …, completion: … }` (US dollars for a million tokens), because a budget is set',
    );
  }
}
