import { chosenRubrics } from '../config/rubric-sets.ts';
import type { JudgeConfig, ModelConfig } from '../config/schema.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Json } from '../domain/json.ts';
import type { ModelSpec } from '../domain/model-spec.ts';
import type { ScorerDefinition } from '../domain/rule-judgment.ts';
import {
  inLanguage,
  type RubricDefinition,
  type RunDefinition,
  rubricFingerprints,
  type StyleDefinition,
  type TemplateSource,
} from '../domain/run-definition.ts';
import type { ItemScan } from '../items/select.ts';
import type { Rubric } from '../prompts/rubric.ts';
import type { PromptStyle } from '../prompts/style.ts';
import type { CompiledTemplate } from '../prompts/template.ts';
import { JSON_VERDICT_REQUEST } from '../scorers/judge/request.ts';
import type { RunModel, RunTask } from './program.ts';
import type { ConfigAtHand } from './read-config.ts';
import { RECORDED_STYLE } from './read-templates.ts';

/** All that a run's definition is made from. */
export interface RunParts {
  readonly hand: ConfigAtHand;
  readonly scan: ItemScan;
  /** null: the style of answers made elsewhere. */
  readonly styles: readonly (PromptStyle | null)[];
  readonly rubrics: ReadonlyMap<string, Rubric>;
  readonly models: readonly RunModel[];
  readonly tasks: readonly RunTask[];
  readonly scorers: readonly ScorerDefinition[];
  /** Hash of each model's recorded answers; null where it is asked. */
  readonly recordings: readonly (string | null)[];
}

const PLAN_KEY_DIGITS = 8;

/** What a run plans, with keys under which an equal plan is the same run. */
export function defineRun({
  hand,
  scan,
  rubrics,
  models,
  styles,
  tasks,
  scorers,
  recordings,
}: RunParts): RunDefinition {
  const { config, asGiven } = hand.loaded;
  const chosen = chosenRubrics(config.rubrics);
  const used = [...rubrics].filter(([category]) => scan.ratedCategories.has(category));
  const isSimulated = (endpoint: string | null) =>
    endpoint !== null && config.endpoints[endpoint]?.kind === 'simulated';
  const parts = {
    models: models.map(({ spec, endpoint }, position) => ({
      key: specKey(spec, isSimulated(endpoint)),
      spec,
      baseline: config.models[position]?.baseline ?? null,
      best: config.models[position]?.best ?? null,
      size: config.models[position]?.size ?? null,
      dataShare: config.models[position]?.dataShare ?? null,
      family: config.models[position]?.family ?? null,
    })),
    styles: styles.map(styleDefinition),
    judges: config.judges.map((judge) => {
      const spec = judgeSpec(judge);
      return {
        key: specKey(spec, isSimulated(judge.endpoint), judgeKeyParts(judge)),
        spec,
        family: judge.family ?? null,
        verdict: judge.verdict.format,
        expectedRating: judge.expectedRating,
      };
    }),
    juries: config.juries.map((jury) => ({
      name: jury.name,
      judges: jury.judges.map((name) => config.judges.findIndex((judge) => judge.name === name)),
      aggregate: jury.aggregate,
      excludeOwnFamily: jury.exclude === 'own-family',
    })),
    scorers,
    rubrics: Object.fromEntries(
      used.map(([category, rubric]) => [category, rubricDefinition(rubric, scan)]),
    ),
  };
  const planKey = fingerprint({
    name: config.name,
    items: scan.fingerprint,
    // A family decides which ratings a jury takes, and no call.
    models: parts.models.map(({ spec: _spec, family: _family, ...model }, position) => ({
      ...model,
      recording: recordings[position] ?? null,
      ...culturesAt(config.models, position),
    })),
    styles: parts.styles.map(({ name, user, system }) => ({
      name,
      user: user?.fingerprint ?? null,
      system: system?.fingerprint ?? null,
    })),
    judges: parts.judges.map(({ key }) => key),
    rubrics: rubricFingerprints(parts.rubrics),
    trials: config.trials,
    ...(tasks.length > 0 && {
      tasks: tasks.map(taskKeyParts),
      scorers: scorers.map(({ key }) => key),
    }),
  });
  return {
    id: `${slugOf(config.name)}-${planKey.slice(0, PLAN_KEY_DIGITS)}`,
    name: config.name,
    planKey,
    ...parts,
    provenance: {
      ...provenanceOf(asGiven, scan, parts),
      ...(chosen.origin === 'fetched' && { rubricSet: chosen.set }),
    },
  };
}

/** What decides how the questions of a task are put. */
function taskKeyParts({ name, method, settings, styles, shots }: RunTask): Json {
  return {
    ...{ name, method, shots },
    settings: { options: { ...settings.options }, likelihood: { ...settings.likelihood } },
    styles: styles.map(({ position, style }) => [position, style.shot?.fingerprint ?? null]),
  };
}

/** Nothing for a model that answers every question, so that its plan has the key it always had. */
function culturesAt(models: readonly ModelConfig[], position: number) {
  const cultures = models[position]?.cultures;
  return cultures === undefined ? {} : { cultures: cultures.toSorted() };
}

/** A judge as what decides its words; judges have no variants. */
export function judgeSpec({ name, model, api, decoding }: JudgeConfig): ModelSpec {
  return { name, variant: null, model, api, decoding };
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug || 'run';
}

/** Simulated words never pass for a real model's, should the endpoint be changed later. */
function specKey(
  { name, variant, model, api, decoding }: ModelSpec,
  simulated: boolean,
  more: { readonly [key: string]: Json } = {},
): string {
  return fingerprint({
    ...{ name, variant, model, api, decoding },
    ...(simulated && { simulated }),
    ...more,
  });
}

/** What changes a judge's words or what is kept of them; nothing for the paper's way of judging. */
function judgeKeyParts({ verdict, expectedRating }: JudgeConfig): { readonly [key: string]: Json } {
  return {
    ...(verdict.format === 'json' && {
      verdict: { by: verdict.by, asks: fingerprint(JSON_VERDICT_REQUEST) },
    }),
    ...(expectedRating && { expectedRating }),
  };
}

function styleDefinition(style: PromptStyle | null): StyleDefinition {
  if (style === null) return { name: RECORDED_STYLE, user: null, system: null };
  const { name, user, system } = style;
  return {
    name,
    user: templateSource(name, user),
    system: system && templateSource(name, system),
  };
}

/** What a report needs to say how the figures came about, and a reader to repeat them. */
function provenanceOf(
  config: Json,
  scan: ItemScan,
  { styles, rubrics }: Pick<RunDefinition, 'styles' | 'rubrics'>,
): Readonly<Record<string, Json>> {
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
      Object.entries(rubrics).map(([category, { name, fingerprint: hash, translations }]) => [
        category,
        {
          name,
          fingerprint: hash,
          ...Object.fromEntries(
            Object.entries(translations).map(([tag, text]) => [tag, text.fingerprint]),
          ),
        },
      ]),
    ),
  };
}

/** With the languages that questions are in, so that a file for another one changes no plan. */
function rubricDefinition(
  { name, template, translations }: Rubric,
  scan: ItemScan,
): RubricDefinition {
  const used = new Map(
    [...scan.languages.keys()].flatMap((language) =>
      [...translations].filter(([tag]) => inLanguage(language, (one) => one === tag || undefined)),
    ),
  );
  return {
    ...templateSource(name, template),
    translations: Object.fromEntries(
      [...used].map(([tag, text]) => [tag, templateSource(`${name}.${tag}`, text)]),
    ),
  };
}

function templateSource(name: string, template: CompiledTemplate): TemplateSource {
  return { name, fingerprint: template.fingerprint, source: template.source };
}
