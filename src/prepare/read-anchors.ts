import { readRows } from '../adapters/files/read/read-rows.ts';
import { fileExists } from '../adapters/files/read-text.ts';
import { type Anchor, anchorSchema } from '../domain/anchor.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import { type Rubric, rubricTemplate } from '../prompts/rubric.ts';
import type { ConfigAtHand } from './read-config.ts';

/** The config's anchors; none without any. Problems are added, also where a rubric is another by now. */
export async function readAnchors(
  { loaded, resolve }: ConfigAtHand,
  rubrics: ReadonlyMap<string, Rubric>,
  problems: InputProblem[],
): Promise<Anchor[]> {
  const given = loaded.config.anchors;
  if (given === undefined) return [];
  const file = resolve(given.file);
  const fault = (message: string) => problems.push(loaded.problemAt(['anchors', 'file'], message));
  if (!fileExists(file)) {
    fault(`there is no file ${file}; make one with \`care-judge anchors RUN --out FILE\``);
    return [];
  }
  const anchors = await readAnchorFile(file, problems);
  if (loaded.flawed.has('rubrics')) return anchors;
  const changed = new Set(
    anchors.flatMap(({ category, language, ratings }) => {
      const used = rubrics.get(category);
      const rubric = used && rubricTemplate(used, language).fingerprint;
      return ratings.every((rating) => rating.rubric === rubric) ? [] : [category];
    }),
  );
  if (changed.size > 0)
    fault(
      `${file}: its ratings of ${[...changed].join(', ')} were given with another rubric than the config’s, so a shift would be the rubric’s; make new anchors from a run with these rubrics`,
    );
  return anchors;
}

async function readAnchorFile(file: string, problems: InputProblem[]): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  try {
    for await (const { line, fields } of readRows(file)) {
      const parsed = anchorSchema.safeParse(fields);
      if (parsed.success) anchors.push(parsed.data);
      else
        problems.push(
          ...parsed.error.issues.map(({ path, message }) => ({
            file,
            line,
            path: path.join('.'),
            message,
          })),
        );
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
  }
  return anchors;
}
