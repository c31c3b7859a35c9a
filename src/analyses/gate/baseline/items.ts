import { extname } from 'node:path';
import { z } from 'zod';
import { readRows } from '../../../adapters/files/read/read-rows.ts';
import { writeRows } from '../../../adapters/files/write/write-rows.ts';
import { renderPath } from '../../../config/issue-path.ts';
import { describeIssues } from '../../../config/issues.ts';
import { InputError, type InputProblem, OperatorError } from '../../../domain/errors.ts';
import { modelLabel } from '../../../domain/model-label.ts';
import { SCALE_RANGES, type Scale, scaleSchema } from '../../../domain/solution.ts';
import type { RunArchive } from '../../../ports/run-archive.ts';
import { selectSeries } from '../../../series/names/select-series.ts';
import type { ScoredRow, ScoredSeries, SeriesNames } from '../../../series/scores/scored-series.ts';

/** A series that knows how its model, style and judge are called. */
export interface NamedSeries extends ScoredSeries {
  readonly names: SeriesNames;
}

function isOnScale(score: number, scale: Scale): boolean {
  const { low, high } = SCALE_RANGES[scale];
  return score >= low && score <= high;
}

/** One question of one series, as a line of a per-item file. No text of the question is in it. */
const itemRowSchema = z
  .strictObject({
    run: z.string(),
    model: z.string(),
    variant: z.string().nullable(),
    style: z.string(),
    judge: z.string(),
    /** Hash of the judge with its decoding and rubrics. */
    judge_key: z.string().min(1),
    /** Hash of the question's content. */
    item: z.string().min(1),
    id: z.string(),
    culture: z.string(),
    category: z.string(),
    scope: z.string().nullable(),
    cluster: z.string().nullable(),
    /** 0–1 where `scale` is accuracy. */
    rating: z.number().nullable(),
    /** Files of earlier versions lack it. */
    scale: scaleSchema.default('rating'),
    planned: z.int().positive(),
    rated: z.int().nonnegative(),
    /** 1: the rating is the highest of the question's answers. */
    best: z.literal(1).nullable().optional(),
  })
  .refine(({ rating, rated }) => (rating === null) === (rated === 0), {
    path: ['rated'],
    message: 'must be 0 where there is no rating, and only there',
  })
  .refine(({ rating, scale }) => rating === null || isOnScale(rating, scale), {
    path: ['rating'],
    message: 'must be 1 to 10, or 0 to 1 where `scale` is accuracy',
  })
  .refine(({ planned, rated }) => rated <= planned, {
    path: ['rated'],
    message: 'must not be above planned',
  });
type ItemRow = z.infer<typeof itemRowSchema>;

const COLUMNS = [
  ...(['run', 'model', 'variant', 'style', 'judge', 'judge_key', 'item', 'id'] as const),
  ...(['culture', 'category', 'scope', 'cluster'] as const),
].map((name) => ({ name, type: 'text' as const }));
const NUMBERS = [
  { name: 'rating', type: 'number' },
  { name: 'planned', type: 'integer' },
  { name: 'rated', type: 'integer' },
] as const;

const SCALE = { name: 'scale', type: 'text' } as const;
const BEST = { name: 'best', type: 'integer' } as const;

/**
 * Writes the question means of the series that a selector matches, as JSONL that can be kept in a
 * repository: sorted, so that equal ratings give equal bytes. Throws OperatorError.
 */
export async function writeItemScores(
  archive: RunArchive,
  { file, selector }: { readonly file: string; readonly selector: string },
): Promise<{ readonly rows: number; readonly series: readonly string[] }> {
  if (!isItemFile(file))
    throw new OperatorError(`cannot write ${file}: per-item scores are .jsonl; name such a file`);
  const series = selectSeries(archive, [selector]);
  const rows = series.flatMap(({ run, names, judgeKey, scale, rows: own }) =>
    own
      .toSorted((a, b) => (a.item < b.item ? -1 : 1))
      .map(({ best, ...row }) => ({
        ...{ run, ...names, judge_key: judgeKey, ...row },
        ...(scale === 'accuracy' ? { scale } : {}),
        ...(best ? { best: 1 } : {}),
      })),
  );
  const best = rows.some((row) => row.best !== undefined) ? [BEST] : [];
  const scale = series.some((one) => one.scale === 'accuracy') ? [SCALE] : [];
  const written = await writeRows(file, [...COLUMNS, ...NUMBERS, ...scale, ...best], rows);
  return { ...written, series: series.map(({ label }) => label) };
}

export function isItemFile(file: string): boolean {
  return extname(file).toLowerCase() === '.jsonl';
}

const PROBLEMS_SHOWN = 20;

/** Reads such a file back, series by series. Throws InputError with file and line. */
export async function readItemScores(file: string): Promise<NamedSeries[]> {
  const problems: InputProblem[] = [];
  const found = new Map<string, { first: ItemRow; rows: ScoredRow[] }>();
  for await (const { line, fields } of readRows(file)) {
    const parsed = itemRowSchema.safeParse(fields);
    if (!parsed.success) {
      problems.push(
        ...describeIssues(parsed.error.issues, { schema: itemRowSchema, value: fields }).map(
          ({ path, message }) => ({ file, line, path: renderPath(path), message }),
        ),
      );
      if (problems.length >= PROBLEMS_SHOWN) break;
      continue;
    }
    const {
      run,
      model,
      variant,
      style,
      judge,
      judge_key,
      scale: _scale,
      best,
      ...row
    } = parsed.data;
    const key = JSON.stringify([run, model, variant, style, judge, judge_key]);
    const series = found.get(key) ?? { first: parsed.data, rows: [] };
    found.set(key, series);
    series.rows.push({ ...row, ...(best ? { best: true } : {}) });
  }
  if (problems.length > 0) throw new InputError(problems);
  if (found.size === 0) throw new InputError([{ file, message: 'has no line with a score' }]);
  return [...found.values()].map(({ first, rows }) => {
    const { model, variant, style, judge, judge_key: judgeKey, scale } = first;
    const label = `${file}: ${modelLabel({ name: model, variant })}, ${style}, ${judge}`;
    return { names: { model, variant, style, judge }, judgeKey, label, scale, rows };
  });
}
