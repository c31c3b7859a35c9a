import { join } from 'node:path';
import { isPattern, matchFiles } from '../adapters/files/match-files.ts';
import type { InputProblem } from '../domain/errors.ts';
import type { ItemSource } from '../domain/item-source.ts';
import { CARE_FILES } from './care-release.ts';
import type { ConfigAtHand } from './read-config.ts';

/**
 * The config's files of questions, a pattern as one source for each file that it matches. One that
 * does not exist is a problem of the config's line.
 */
export function itemSources(
  { loaded, resolve }: ConfigAtHand,
  problems: InputProblem[],
): ItemSource[] {
  return loaded.config.items.flatMap((source, index) => {
    const path = resolve(source.file);
    const files = matchFiles(path);
    if (files.length === 0)
      problems.push(loaded.problemAt(['items', index, 'file'], missingMessage(path)));
    return files.map((file) => ({ ...source, file }));
  });
}

function missingMessage(path: string): string {
  if (isPattern(path)) return `no file matches ${path} (paths are relative to the config)`;
  const fetched = CARE_FILES.some(({ name }) => path.endsWith(join('items', 'care', name)));
  const hint = fetched ? '; `care-judge fetch care` brings it' : '';
  return `there is no file ${path} (paths are relative to the config)${hint}`;
}
