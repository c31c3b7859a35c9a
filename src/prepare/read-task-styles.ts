import { fileExists } from '../adapters/files/read-text.ts';
import type { InputProblem } from '../domain/errors.ts';
import type { TaskStyle } from '../prompts/task-style.ts';
import type { ConfigAtHand } from './read-config.ts';
import { missingAt, readTemplate, styleName, templateFile } from './read-templates.ts';

interface WrittenPrompting {
  /** Of the source in the config. */
  readonly position: number;
  readonly entries: readonly string[];
}

/** Reads the prompts of a source whose questions a rule scores; problems are added. */
export function readTaskStyles(
  config: ConfigAtHand,
  { position, entries }: WrittenPrompting,
  problems: InputProblem[],
): TaskStyle[] {
  return entries.flatMap((entry, index) => {
    const at = ['items', position, 'prompting', index];
    if (entries.indexOf(entry) < index) {
      problems.push(config.loaded.problemAt(at, `"${entry}" is listed twice; remove one`));
      return [];
    }
    const file = templateFile(config, entry, 'choice');
    const user = readTemplate(file, 'task', missingAt(config, at, entry, 'choice'), problems);
    const beside = (ending: string, kind: 'task-system' | 'shot') => {
      const name = file.replace(/\.hbs$/, ending);
      return fileExists(name) ? readTemplate(name, kind, null, problems) : null;
    };
    const system = beside('.system.hbs', 'task-system');
    const shot = beside('.shot.hbs', 'shot');
    return user === null ? [] : [{ name: styleName(entry), user, system, shot }];
  });
}
