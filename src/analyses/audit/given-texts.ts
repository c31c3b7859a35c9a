import { readRows } from '../../adapters/files/read/read-rows.ts';
import { fileExists } from '../../adapters/files/read-text.ts';
import type { InputProblem } from '../../domain/errors.ts';
import type { ConfigAtHand } from '../../prepare/read-config.ts';
import type { RewritingTask } from './rewriting-task.ts';

/** Texts that were rewritten beforehand, by task and original. */
export type GivenTexts = ReadonlyMap<string, string>;

export const givenKey = (task: RewritingTask, text: string) => `${task} ${text}`;

/** Reads the config's file of rewritten texts; empty without one. Problems are added. */
export async function readGivenTexts(
  { loaded, resolve }: ConfigAtHand,
  problems: InputProblem[],
): Promise<GivenTexts> {
  const texts = new Map<string, string>();
  const entry = loaded.config.audit?.texts;
  if (entry === undefined) return texts;
  const file = resolve(entry);
  if (!fileExists(file)) {
    problems.push(loaded.problemAt(['audit', 'texts'], `there is no file ${file}`));
    return texts;
  }
  for await (const { line, fields } of readRows(file)) {
    const { task, text, rewritten } = fields;
    if (
      (task === 'translate' || task === 'paraphrase') &&
      typeof text === 'string' &&
      typeof rewritten === 'string'
    )
      texts.set(givenKey(task, text), rewritten);
    else
      problems.push({
        file,
        line,
        message: 'expected `task` (translate or paraphrase), `text` and `rewritten` as texts',
      });
  }
  return texts;
}
