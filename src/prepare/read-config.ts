import { dirname, isAbsolute, join, relative } from 'node:path';
import { readText } from '../adapters/files/read-text.ts';
import { checkConfig } from '../config/check.ts';
import { type LoadedConfig, type LoadOptions, loadConfig } from '../config/load.ts';
import type { InputProblem } from '../domain/errors.ts';

export interface ConfigAtHand {
  readonly loaded: LoadedConfig;
  /** What is wrong with the config itself; the caller adds to it before it gives up. */
  readonly problems: readonly InputProblem[];
  /** A path of the config as one that can be opened from here. */
  readonly resolve: (path: string) => string;
}

/** Reads a config file. Throws InputError where it cannot be understood at all. */
export function readConfig(file: string, options: LoadOptions): ConfigAtHand {
  const loaded = loadConfig({ file, text: readText(file) }, options);
  const folder = dirname(file);
  return {
    loaded,
    problems: [...loaded.problems, ...checkConfig(loaded)],
    resolve: (path) => (isAbsolute(path) ? path : shorter(join(folder, path))),
  };
}

/** Relative to where the user stands, when that is shorter: messages are read by people. */
function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length && !fromHere.startsWith('..') ? fromHere : path;
}
