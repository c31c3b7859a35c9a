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
  readonly rubrics: Readonly<Record<string, TemplateSource>>;
  /** Settings, versions and hashes as JSON, keys taken out. */
  readonly provenance: Json;
}
