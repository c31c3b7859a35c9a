import { z } from 'zod';
import { readText } from '../../../adapters/files/read-text.ts';
import { renderPath } from '../../../config/issue-path.ts';
import { describeIssues } from '../../../config/issues.ts';
import { InputError } from '../../../domain/errors.ts';
import { canonicalJson } from '../../../domain/fingerprint.ts';
import { type Json, jsonSchema } from '../../../domain/json.ts';
import { modelLabel } from '../../../domain/model-label.ts';
import type { SeriesNames } from '../../../series/scores/scored-series.ts';
import { type RunSummary, runSummarySchema } from '../../summary/schema.ts';
import type { BaselineAverages } from '../differences/unpaired.ts';

/** One series of an exported summary. */
export interface SummarySeries extends BaselineAverages {
  readonly names: SeriesNames;
  /** The provenance of its run. */
  readonly provenance: Json;
}

/** Reads a `summary.json` as `report` writes it. Throws InputError. */
export function readSummaryBaseline(file: string): SummarySeries[] {
  const value = parseJson(file);
  const parsed = runSummarySchema.safeParse(value);
  if (!parsed.success) {
    const [first] = describeIssues(parsed.error.issues, { schema: runSummarySchema, value });
    const where = first ? ` (${renderPath(first.path)}: ${first.message})` : '';
    throw new InputError([
      { file, message: `is not a summary.json as this version of \`report\` writes it${where}` },
    ]);
  }
  return seriesOf(file, parsed.data);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError([{ file, message: `is not JSON: ${error.message}` }], { cause: error });
  }
}

const nameKey = ({ model, variant, style, judge }: SeriesNames) =>
  JSON.stringify([model, variant, style, judge]);

function seriesOf(file: string, { estimates, coverage, run }: RunSummary): SummarySeries[] {
  const names = new Map(estimates.map((entry) => [nameKey(entry), entry]));
  return [...names].map(([key, { model, variant, style, judge }]) => ({
    names: { model, variant, style, judge },
    label: `${file}: ${modelLabel({ name: model, variant })}, ${style}, ${judge}`,
    provenance: run.provenance,
    cells: coverage
      .filter((cell) => nameKey(cell) === key)
      .map(({ culture, category, planned, rated }) => {
        const entry = estimates.find(
          ({ by, ...own }) =>
            nameKey(own) === key &&
            by.culture === culture &&
            by.category === category &&
            by.scope === undefined,
        );
        return {
          culture,
          category,
          n: entry?.estimate.n ?? 0,
          mean: entry?.estimate.value ?? Number.NaN,
          sd: entry?.spread?.sd ?? null,
          gaps: { planned, missing: planned - rated },
        };
      }),
  }));
}

const provenanceSchema = z.object({
  config: z.object({
    judges: z.array(
      z.object({
        name: z.string(),
        model: z.string(),
        api: z.string().default('chat'),
        decoding: z.record(z.string(), jsonSchema).default({}),
        verdict: jsonSchema.default('text'),
      }),
    ),
  }),
  items: z.object({ fingerprint: z.string() }),
  rubrics: z.record(z.string(), z.object({ fingerprint: z.string() })),
});

/** How far two runs asked the same questions of the same judge, by what their provenance says. */
export interface Sameness {
  readonly questions: boolean;
  readonly judging: boolean;
}

/** Judges are compared as their configs are written, rubrics and questions by content. */
export function compareProvenance(
  candidate: { readonly provenance: Json; readonly judge: string },
  baseline: { readonly provenance: Json; readonly judge: string },
): Sameness {
  const own = provenanceSchema.safeParse(candidate.provenance);
  const other = provenanceSchema.safeParse(baseline.provenance);
  if (!own.success || !other.success) return { questions: false, judging: false };
  const judging = (
    { config, rubrics }: z.infer<typeof provenanceSchema>,
    name: string,
  ): string | null => {
    const judge = config.judges.find((entry) => entry.name === name);
    if (!judge) return null;
    const { model, api, decoding, verdict } = judge;
    return canonicalJson({ model, api, decoding, verdict, rubrics });
  };
  const ownJudging = judging(own.data, candidate.judge);
  return {
    questions: own.data.items.fingerprint === other.data.items.fingerprint,
    judging: ownJudging !== null && ownJudging === judging(other.data, baseline.judge),
  };
}
