import { z } from 'zod';
import type { BatchCourse } from './batch-fault.ts';

const lineSchema = z.looseObject({
  custom_id: z.string(),
  method: z.literal('POST'),
  url: z.string(),
  body: z.looseObject({ model: z.string() }),
});
export type InputLine = z.infer<typeof lineSchema>;
type Problem = BatchCourse['errors'][number];

/** Reads an input file; one wrong line fails a batch. */
export function readInput(content: Buffer): {
  readonly lines: readonly InputLine[];
  readonly errors: readonly Problem[];
} {
  const lines: InputLine[] = [];
  const errors: Problem[] = [];
  const ids = new Set<string>();
  for (const [index, text] of content.toString('utf8').split('\n').entries()) {
    if (text === '') continue;
    const read = lineSchema.safeParse(parse(text));
    if (!read.success) {
      errors.push({ ...NOT_JSON, line: index + 1 });
      continue;
    }
    const problem = mismatch(read.data, lines[0], ids);
    if (problem === null) lines.push(read.data);
    else errors.push({ ...problem, line: index + 1 });
    ids.add(read.data.custom_id);
  }
  const empty = lines.length === 0 && errors.length === 0;
  return { lines, errors: empty ? [EMPTY] : errors };
}

const NOT_JSON = { code: 'invalid_json_line', message: 'This line is not parseable as JSON.' };
const EMPTY: Problem = { code: 'empty_file', message: 'The file is empty.', line: null };

function mismatch(
  line: InputLine,
  first: InputLine | undefined,
  ids: ReadonlySet<string>,
): Omit<Problem, 'line'> | null {
  if (ids.has(line.custom_id))
    return { code: 'duplicate_custom_id', message: 'The custom_id is not unique.' };
  if (first && first.body.model !== line.body.model)
    return { code: 'model_mismatch', message: 'The model is another one.' };
  if (first && first.url !== line.url)
    return { code: 'url_mismatch', message: 'The url is another one.' };
  return null;
}

/** The value of a JSON text; undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
