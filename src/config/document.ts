import {
  type Document,
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
  type YAMLParseError,
} from 'yaml';
import { InputError, type InputProblem } from '../domain/errors.ts';
import type { IssuePath } from './issue-path.ts';

export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

/** A config as plain values, with the way back to its lines. */
export interface ConfigDocument {
  readonly value: unknown;
  /** The 1-based line on which a part begins; for a missing part, that of the mapping that lacks it. */
  readonly lineOf: (path: IssuePath) => number;
}

/** Aliases may not multiply a small file into a large value. */
const MAX_ALIAS_COUNT = 100;

/** Reads YAML, and so JSON. Throws InputError with every syntax error. */
export function parseConfigText({ file, text }: ConfigText): ConfigDocument {
  const lines = new LineCounter();
  const document = withinDepth(file, () =>
    parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true }),
  );
  if (document.errors.length > 0) {
    throw new InputError(syntaxProblems({ file, text }, document.errors, lines));
  }
  refuseStrayAliases(document, file, lines);
  return {
    value: toPlainValue(document, file),
    lineOf: (path) => lineOfPath(document.contents, path, lines),
  };
}

/** A file of brackets alone is no config; the parser calls itself for each of them. */
function withinDepth<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError([{ file, message: 'is nested too deeply to be a config' }], {
      cause: error,
    });
  }
}

/** The parser's own words would repeat the alias's name, and a key that begins with `*` is one. */
function refuseStrayAliases(document: Document.Parsed, file: string, lines: LineCounter): void {
  const problems: InputProblem[] = [];
  withinDepth(file, () =>
    visit(document, {
      Alias: (_key, alias, path) => {
        const target = alias.resolve(document);
        const { line } = lines.linePos(alias.range?.[0] ?? 0);
        if (target === undefined) {
          const message =
            'this alias (`*…`) has no anchor (`&…`) before it; text that begins with * goes in quotes';
          problems.push({ file, line, message });
        } else if (path.includes(target)) {
          problems.push({
            file,
            line,
            message: 'this alias (`*…`) stands inside what it stands for',
          });
        }
      },
    }),
  );
  if (problems.length > 0) throw new InputError(problems);
}

const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'duplicate key; remove one',
  MULTIPLE_DOCS: 'a second document begins here; a config is a single one, so take out the `---`',
  TAB_AS_INDENT: 'is indented with a tab; YAML wants spaces',
};
/** The parser quotes the text that it stumbled over, which may be a key. */
const QUOTED_SOURCE = /: ".*"$/s;

/** The first problem of each line. What comes after a lost bracket is all noise, and left out. */
function syntaxProblems(
  { file, text }: ConfigText,
  errors: readonly YAMLParseError[],
  lines: LineCounter,
): InputProblem[] {
  const rows = text.split('\n');
  const problems = new Map<number, InputProblem>();
  for (const { code, message, pos } of errors) {
    const { line } = lines.linePos(pos[0]);
    const isNoise = message.includes('in YAML stream') && problems.size > 0;
    if (isNoise || problems.has(line)) continue;
    const hint = /\$\{/.test(rows[line - 1] ?? '') ? '; text with a variable goes in quotes' : '';
    const described =
      SYNTAX[code] ?? `is not valid YAML: ${message.replace(QUOTED_SOURCE, '')}${hint}`;
    problems.set(line, { file, line, message: described });
  }
  return [...problems.values()];
}

function toPlainValue(document: Document.Parsed, file: string): unknown {
  try {
    return withinDepth(file, (): unknown => document.toJS({ maxAliasCount: MAX_ALIAS_COUNT }));
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    const problem: InputProblem = { file, message: `is not valid YAML: ${error.message}` };
    throw new InputError([problem], { cause: error });
  }
}

/** Follows a path as far as the document goes. */
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
