import type { z } from 'zod';
import { InputError } from '../domain/errors.ts';
import { type ConfigText, parseConfigText } from './document.ts';
import { type Environment, expandVariables } from './environment.ts';
import { type IssuePath, renderPath } from './issue-path.ts';
import { describeIssues } from './issues.ts';
import { describeUnset } from './load.ts';
import { discreet, secretTexts } from './secrets.ts';
import { withTypedReferences } from './typed-references.ts';

/** A YAML or JSON file that is no run's config, as its schema reads it. */
export interface LoadedDocument<Value> {
  readonly file: string;
  readonly value: Value;
  /** The line on which a part of the document begins. */
  readonly lineOf: (path: IssuePath) => number;
}

/** Reads a document of any schema. Throws InputError with every problem at once. */
export function loadDocument<Schema extends z.ZodType>(
  schema: Schema,
  source: ConfigText,
  environment: Environment,
): LoadedDocument<z.infer<Schema>> {
  const { file } = source;
  const { value: written, lineOf } = parseConfigText(source);
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw new InputError([{ file, message: 'must be a mapping (key: value)' }]);
  const expanded = expandVariables(written, environment);
  const { unset } = expanded;
  const value = withTypedReferences(expanded, schema);
  const parsed = schema.safeParse(value);
  const complaints = [
    ...unset.map(describeUnset),
    ...describeIssues(parsed.error?.issues ?? [], { schema, value }),
  ];
  if (parsed.success && complaints.length === 0) return { file, value: parsed.data, lineOf };
  throw new InputError(
    complaints
      .map(({ path, message }) => ({
        ...discreet({ file, path: renderPath(path), message }, secretTexts(value)),
        line: lineOf(path),
      }))
      .sort((a, b) => a.line - b.line),
  );
}
