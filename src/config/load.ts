import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { InputError, type InputProblem } from '../domain/errors.ts';
import type { Json } from '../domain/json.ts';
import { expandVariables, isReference } from './environment.ts';
import { describeIssues, type IssuePath } from './issues.ts';
import { configSchema, type RunConfig } from './schema.ts';

export interface LoadedConfig {
  readonly file: string;
  readonly config: RunConfig;
  /** As written, before environment variables, with literal keys taken out. */
  readonly asGiven: Json;
  /** The line on which a part of the config begins. */
  readonly lineOf: (path: IssuePath) => number;
}

export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a YAML or JSON config. Throws InputError with every problem at once. */
export function loadConfig(source: ConfigText, environment: Environment): LoadedConfig {
  const { file, value, asGiven, lineOf } = loadDocument(configSchema, source, environment);
  return { file, config: value, asGiven, lineOf };
}

export interface LoadedDocument<Value> extends Omit<LoadedConfig, 'config'> {
  readonly value: Value;
}

/** Reads a YAML or JSON document of any schema. Throws InputError with every problem at once. */
export function loadDocument<Schema extends z.ZodType>(
  schema: Schema,
  { file, text }: ConfigText,
  environment: Environment,
): LoadedDocument<z.infer<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line,
        message: error.message,
      })),
    );
  }
  const lineOf = (path: IssuePath) => lineOfPath(document.contents, path, lines);
  const asGiven = withoutSecrets(document.toJS({ maxAliasCount: 100 }));
  const problems: InputProblem[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      const { text: expanded, missing } = expandVariables(node.value, environment);
      node.value = expanded;
      const line = node.range ? lines.linePos(node.range[0]).line : 1;
      for (const variable of missing) {
        problems.push({
          file,
          line,
          message: `environment variable ${variable} is not set: export it, or write \${${variable}:-default}`,
        });
      }
    },
  });
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success)
    problems.push(...describeIssues(parsed.error.issues, { file, lineOf, schema }));
  if (!parsed.success || problems.length > 0) throw new InputError(problems.sort(byLine));
  return { file, value: parsed.data, asGiven, lineOf };
}

function byLine(a: InputProblem, b: InputProblem): number {
  return (a.line ?? 0) - (b.line ?? 0);
}

/** Follows a path as far as the document goes; a missing key points at the map that lacks it. */
function lineOfPath(contents: ParsedNode | null, path: IssuePath, lines: LineCounter): number {
  let node: Node | null = contents;
  let offset = contents?.range[0] ?? 0;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === null) break;
    offset = next.offset;
    node = next.node;
  }
  return lines.linePos(offset).line;
}

function childOf(
  node: Node | null,
  step: PropertyKey,
): { node: Node | null; offset: number } | null {
  if (isSeq<Node>(node) && typeof step === 'number') {
    const item = node.items[step];
    return item?.range ? { node: item, offset: item.range[0] } : null;
  }
  if (!isMap<Node, Node>(node)) return null;
  const pair = node.items.find(
    (entry) => isPair(entry) && isScalar(entry.key) && String(entry.key.value) === String(step),
  );
  if (!pair?.key.range) return null;
  const value = pair.value;
  return { node: value && !isAlias(value) ? value : null, offset: pair.key.range[0] };
}

const SECRET_KEYS = /^(?:apiKey|key|token|secret|password)$/i;
const REMOVED = '(removed)';

function withoutSecrets(value: unknown, key = ''): Json {
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [name, withoutSecrets(entry, name)]),
    );
  }
  if (typeof value === 'string') {
    if (SECRET_KEYS.test(key) && value !== '' && !isReference(value)) return REMOVED;
    return value.replace(/(\/\/)[^/@\s]*@/g, `$1${REMOVED}@`);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
