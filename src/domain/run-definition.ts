import type { Json } from './json.ts';
import type { VerdictFormat } from './judgment.ts';
import type { Jury } from './jury.ts';
import type { ModelSpec } from './model-spec.ts';
import type { ScorerDefinition } from './rule-judgment.ts';

/** A template as a run used it; its text is kept so that a report can show and repeat it. */
export interface TemplateSource {
  readonly name: string;
  readonly fingerprint: string;
  readonly source: string;
}

/** A judge template, and the same in the languages of its questions where the run asks for that. */
export interface RubricDefinition extends TemplateSource {
  readonly translations: Readonly<Record<string, TemplateSource>>;
}

/** Fingerprint of what an item's answers are judged with; undefined for a category without a rubric. */
export function rubricFingerprint(
  rubrics: RunDefinition['rubrics'],
  { category, language }: { readonly category: string; readonly language: string },
): string | undefined {
  const rubric = Object.hasOwn(rubrics, category) ? rubrics[category] : undefined;
  if (rubric === undefined) return undefined;
  const translation = inLanguage(language, (tag) =>
    Object.hasOwn(rubric.translations, tag) ? rubric.translations[tag] : undefined,
  );
  return (translation ?? rubric).fingerprint;
}

/** Fingerprints of all judge templates, which a judge's scale depends on; translations only where there are any. */
export function rubricFingerprints(rubrics: RunDefinition['rubrics']): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(rubrics).map(([category, { fingerprint, translations }]) => {
      const byLanguage = Object.entries(translations).map(([tag, translation]) => [
        tag,
        translation.fingerprint,
      ]);
      if (byLanguage.length === 0) return [category, fingerprint];
      return [category, { fingerprint, translations: Object.fromEntries(byLanguage) }];
    }),
  );
}

/** What stands for a language tag, or else for the language without script and region. */
export function inLanguage<Found>(
  tag: string,
  find: (tag: string) => Found | undefined,
): Found | undefined {
  return find(tag) ?? find(tag.split('-')[0] ?? tag);
}

/** A prompting style as a run used it. Answers made elsewhere have a style without templates. */
export interface StyleDefinition {
  readonly name: string;
  readonly user: TemplateSource | null;
  readonly system: TemplateSource | null;
}

export interface ModelDefinition {
  readonly key: string;
  readonly spec: ModelSpec;
  /** Variant of the same model that differences are taken from. */
  readonly baseline: string | null;
  /** Of several recorded answers an item has, the best rated counts; null: the mean over trials. */
  readonly best: number | null;
  /** Billions of parameters and share of training data, for charts over them. */
  readonly size: number | null;
  readonly dataShare: number | null;
  /** As the config states it; null where it does not. */
  readonly family: string | null;
}

export interface JudgeDefinition {
  readonly key: string;
  readonly spec: ModelSpec;
  readonly family: string | null;
  readonly verdict: VerdictFormat;
  /** Whether token probabilities were asked for. */
  readonly expectedRating: boolean;
}

/** Everything that says what a run plans; two runs with equal plan keys are the same run. */
export interface RunDefinition {
  /** `name-xxxxxxxx`, its end taken from the plan key. */
  readonly id: string;
  readonly name: string;
  readonly planKey: string;
  readonly models: readonly ModelDefinition[];
  readonly styles: readonly StyleDefinition[];
  readonly judges: readonly JudgeDefinition[];
  /** Series made of the judges' stored ratings; they plan nothing. */
  readonly juries: readonly Jury[];
  /** Rules that score questions with a right answer. */
  readonly scorers: readonly ScorerDefinition[];
  /** Category → judge template. */
  readonly rubrics: Readonly<Record<string, RubricDefinition>>;
  /** Settings, versions and hashes as JSON, keys taken out. */
  readonly provenance: Json;
}
