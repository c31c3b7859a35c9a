import { InputError, type InputProblem } from '../domain/errors.ts';
import type { Json } from '../domain/json.ts';
import { type ConfigText, parseConfigText } from './document.ts';
import { type Environment, expandVariables, type UnsetVariable } from './environment.ts';
import { type IssuePath, renderPath, startsWith } from './issue-path.ts';
import { type Complaint, describeIssues } from './issues.ts';
import { rehearsed, SIMULATED, standInWhereUnset, UNREACHABLE } from './rehearsal.ts';
import { salvage } from './salvage.ts';
import { configSchema, type RunConfig } from './schema.ts';
import { discreet, secretTexts, withoutSecrets } from './secrets.ts';
import { withTypedReferences } from './typed-references.ts';

export interface LoadedConfig {
  readonly file: string;
  /** The config, or what remains of it without its mistakes: enough to look for more of them. */
  readonly config: RunConfig;
  /** What is wrong so far; a config with problems is not to be run. */
  readonly problems: readonly InputProblem[];
  /** Top-level keys that the problems are about: what depends on them cannot be judged. */
  readonly flawed: ReadonlySet<string>;
  /** As written, before environment variables, with literal keys taken out. */
  readonly asGiven: Json;
  /** A problem at a place of `config`, with the line it has in the file. */
  readonly problemAt: (path: IssuePath, message: string) => InputProblem;
}

export interface LoadOptions {
  readonly environment: Environment;
  /** Every endpoint becomes a simulated one, and the variables that it names may be unset. */
  readonly rehearse?: boolean | undefined;
  /** No endpoint will be asked: the variables that they name may be unset, and their kinds stay. */
  readonly replay?: boolean | undefined;
}

/**
 * Reads a YAML or JSON config. Throws InputError where it cannot be understood at all; every other
 * problem is in `problems`, so that those found elsewhere can be told with them.
 */
export function loadConfig(source: ConfigText, options: LoadOptions): LoadedConfig {
  const { file } = source;
  const { rehearse = false, replay = false } = options;
  const { value: written, lineOf } = parseConfigText(source);
  const expanded = expandVariables(written, options.environment);
  const excused =
    rehearse || replay ? expanded.unset.filter(({ path }) => path[0] === 'endpoints') : [];
  const unset = expanded.unset.filter((variable) => !excused.includes(variable));
  const value = standInWhereUnset(
    withTypedReferences(expanded, configSchema),
    excused,
    rehearse ? SIMULATED : UNREACHABLE,
  );
  const parsed = configSchema.safeParse(value);
  const complaints = [
    ...unset.map(describeUnset),
    ...describeIssues(parsed.error?.issues ?? [], { schema: configSchema, value }).filter(
      // What an unset variable stands for cannot be right either.
      ({ path }) => !unset.some((variable) => samePath(variable.path, path)),
    ),
  ];
  // As written and with variables filled in: either may be what a message would repeat.
  const secrets = [...secretTexts(written), ...secretTexts(value)].filter(
    (text) => text.length >= 8,
  );
  const placed = (place: IssuePath, message: string): InputProblem & { readonly line: number } => ({
    ...discreet({ file, path: renderPath(place), message }, secrets),
    line: lineOf(place),
  });
  const problems = complaints
    .map(({ path, message }) => placed(path, message))
    .sort((a, b) => a.line - b.line);
  const whole = { flawed: new Set<string>(), originalPath: (path: IssuePath) => path };
  const found =
    parsed.success && complaints.length === 0
      ? { config: parsed.data, ...whole }
      : salvage(value, complaints);
  if (found === null) throw new InputError(problems);
  const { config, flawed, originalPath } = found;
  return {
    file,
    config: rehearse ? rehearsed(config) : config,
    problems,
    flawed,
    asGiven: withoutSecrets(written),
    problemAt: (path, message) => placed(originalPath(path), message),
  };
}

export function describeUnset({ path, variable }: UnsetVariable): Complaint {
  const message = `environment variable ${variable} is not set: export it, or write \${${variable}:-default}`;
  return { path, message, kind: 'wrong-value' };
}

function samePath(a: IssuePath, b: IssuePath): boolean {
  return a.length === b.length && startsWith(a, b);
}
