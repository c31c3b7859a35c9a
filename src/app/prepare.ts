import { readRows } from '../adapters/files/read-rows.ts';
import type { JudgeConfig, ModelConfig, RunConfig } from '../config/schema.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import { type ModelSpec, modelLabel } from '../domain/model-spec.ts';
import type { RunDefinition, TemplateSource } from '../domain/run-definition.ts';
import { type ItemScan, scanItems, streamItems } from '../items/select.ts';
import type { Rubric } from '../prompts/rubric.ts';
import type { PromptStyle } from '../prompts/style.ts';
import type { CompiledTemplate } from '../prompts/template.ts';
import type { RunModel, RunProgram } from '../run/program.ts';
import { type ConfigAtHand, readConfig } from './read-config.ts';
import { readRubrics, readStyles } from './read-templates.ts';
import { readAnswers } from './recorded-answers.ts';

export interface PrepareOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Fewer items than the config says. */
  readonly limit?: number | undefined;
}

/** A config with everything that it names read and checked; nothing was called or written. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly program: RunProgram;
  readonly scan: ItemScan;
  readonly items: () => AsyncIterable<Item>;
  /** Not wrong, but worth a look. */
  readonly warnings: readonly InputProblem[];
}

/** The style under which answers made elsewhere are tabulated. */
const RECORDED_STYLE = 'recorded';

/** Reads a config and all it names. Throws InputError with every problem at once. */
export async function prepareRun(file: string, options: PrepareOptions): Promise<PreparedRun> {
  const hand = readConfig(file, options.environment);
  const { config } = hand.loaded;
  const problems = [...hand.problems];
  const styles = readStyles(hand, problems);
  const rubrics = readRubrics(hand, problems);
  const sources = config.items.map((source) => ({ ...source, file: hand.resolve(source.file) }));
  const limit = Math.min(options.limit ?? Infinity, config.select.limit ?? Infinity);
  const selection = Number.isFinite(limit) ? { ...config.select, limit } : config.select;
  const scan = await scanItems(sources, selection, readRows);
  problems.push(...scan.problems, ...missingRubrics(hand, scan));
  const warnings = [...scan.warnings];
  const models: RunModel[] = [];
  for (const model of config.models) {
    models.push(await readModel(model, { hand, problems, warnings }));
  }
  if (problems.length > 0) throw new InputError(problems);
  return {
    config,
    program: buildProgram({ hand, scan, styles, rubrics, models }),
    scan,
    items: () => streamItems(scan, sources, readRows),
    warnings,
  };
}

function missingRubrics({ loaded }: ConfigAtHand, scan: ItemScan): InputProblem[] {
  return [...scan.categories]
    .filter(([category]) => !Object.hasOwn(loaded.config.rubrics, category))
    .map(([category, count]) => ({
      file: loaded.file,
      line: loaded.lineOf(['rubrics']),
      path: 'rubrics',
      message: `no rubric for the category "${category}" (${count} items); add a line \`${category}: PATH.hbs\`, or leave the category out with \`select\``,
    }));
}

interface Findings {
  readonly hand: ConfigAtHand;
  readonly problems: InputProblem[];
  readonly warnings: InputProblem[];
}

async function readModel(model: ModelConfig, { hand, problems }: Findings): Promise<RunModel> {
  const { name, variant = null, api, decoding, strictParams, price = null } = model;
  if (model.responses === undefined) {
    const spec = { name, variant, model: model.model ?? null, api, decoding };
    return { spec, strictParams, price, endpoint: model.endpoint ?? null, recorded: null };
  }
  const file = hand.resolve(model.responses);
  const { answers } = await readAnswers(file, problems);
  const most = model.best ?? hand.loaded.config.trials.responses;
  return {
    spec: { name, variant, model: null, api, decoding },
    strictParams,
    price,
    endpoint: null,
    recorded: (item) => answers(item).slice(0, most),
  };
}

interface Parts {
  readonly hand: ConfigAtHand;
  readonly scan: ItemScan;
  readonly styles: readonly PromptStyle[];
  readonly rubrics: ReadonlyMap<string, Rubric>;
  readonly models: readonly RunModel[];
}

function buildProgram(parts: Parts): RunProgram {
  const { config } = parts.hand.loaded;
  const asked = parts.models.some(({ recorded }) => recorded === null);
  const recorded = parts.models.some((model) => model.recorded !== null);
  const styles = [...(asked ? parts.styles : []), ...(recorded ? [null] : [])];
  return {
    definition: define(parts, styles),
    models: parts.models,
    styles,
    judges: config.judges.map((judge) => ({
      spec: judgeSpec(judge),
      strictParams: judge.strictParams,
      price: judge.price ?? null,
      endpoint: judge.endpoint,
      reask: judge.onUnparsed.reask,
    })),
    rubricOf: (category) => {
      const rubric = parts.rubrics.get(category);
      if (!rubric) throw new Error(`no rubric for ${category}`);
      return rubric;
    },
    trials: config.trials,
  };
}

function judgeSpec({ name, model, api, decoding }: JudgeConfig): ModelSpec {
  return { name, variant: null, model, api, decoding };
}

const PLAN_KEY_DIGITS = 8;

function define(
  { hand, scan, rubrics, models }: Parts,
  styles: readonly (PromptStyle | null)[],
): RunDefinition {
  const { config, asGiven } = hand.loaded;
  const used = [...rubrics].filter(([category]) => scan.categories.has(category));
  const parts = {
    models: models.map(({ spec }, position) => ({
      key: specKey(spec),
      spec,
      baseline: config.models[position]?.baseline ?? null,
      best: config.models[position]?.best ?? null,
      size: config.models[position]?.size ?? null,
      dataShare: config.models[position]?.dataShare ?? null,
    })),
    styles: styles.map((style) =>
      style === null
        ? { name: RECORDED_STYLE, user: null, system: null }
        : {
            name: style.name,
            user: templateSource(style.name, style.user),
            system: style.system && templateSource(style.name, style.system),
          },
    ),
    judges: config.judges.map((judge) => ({
      key: specKey(judgeSpec(judge)),
      spec: judgeSpec(judge),
    })),
    rubrics: Object.fromEntries(
      used.map(([category, rubric]) => [category, templateSource(rubric.name, rubric.template)]),
    ),
  };
  const planKey = fingerprint({
    name: config.name,
    items: scan.fingerprint,
    models: parts.models.map(({ spec: _spec, ...model }) => model),
    styles: parts.styles.map(({ name, user, system }) => ({
      name,
      user: user?.fingerprint ?? null,
      system: system?.fingerprint ?? null,
    })),
    judges: parts.judges.map(({ key }) => key),
    rubrics: Object.fromEntries(
      used.map(([category, rubric]) => [category, rubric.template.fingerprint]),
    ),
    trials: config.trials,
  });
  const slug =
    config.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'run';
  return {
    id: `${slug}-${planKey.slice(0, PLAN_KEY_DIGITS)}`,
    name: config.name,
    planKey,
    ...parts,
    provenance: provenanceOf(asGiven, scan, parts),
  };
}

/** What a report needs to say how the figures came about, and a reader to repeat them. */
function provenanceOf(
  config: Json,
  scan: ItemScan,
  { styles, rubrics }: Pick<RunDefinition, 'styles' | 'rubrics'>,
): Json {
  return {
    config,
    items: {
      fingerprint: scan.fingerprint,
      selected: scan.selectedCount,
      inSources: scan.total,
      cultures: Object.fromEntries(scan.cultures),
      languages: Object.fromEntries(scan.languages),
      categories: Object.fromEntries(scan.categories),
    },
    prompts: Object.fromEntries(
      styles.map(({ name, user, system }) => [
        name,
        { user: user?.fingerprint ?? null, system: system?.fingerprint ?? null },
      ]),
    ),
    rubrics: Object.fromEntries(
      Object.entries(rubrics).map(([category, { name, fingerprint: hash }]) => [
        category,
        { name, fingerprint: hash },
      ]),
    ),
  };
}

function templateSource(name: string, template: CompiledTemplate): TemplateSource {
  return { name, fingerprint: template.fingerprint, source: template.source };
}

function specKey({ name, variant, model, api, decoding }: ModelSpec): string {
  return fingerprint({ name, variant, model, api, decoding });
}

/** All models of a run, as people call them. */
export function modelLabels({ models }: Pick<RunProgram, 'models'>): string[] {
  return models.map(({ spec }) => modelLabel(spec));
}
