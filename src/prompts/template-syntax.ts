import Handlebars from 'handlebars';
import type { InputProblem } from '../domain/errors.ts';

/** A template file as read. */
export interface TemplateSource {
  /** Path to show in messages. */
  readonly file: string;
  readonly text: string;
}

export interface VariableUse {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
}

/** What a template consists of, read from Handlebars' syntax tree. */
export interface TemplateSyntax {
  readonly uses: readonly VariableUse[];
  /** The text between the expressions, in order, comments left out. */
  readonly literal: string;
  /** Syntax errors, and what Handlebars knows but prompts do not need. */
  readonly problems: readonly InputProblem[];
}

const HELPERS = ['if', 'unless'];
/** Names that Handlebars takes for a helper even where a variable is meant. */
const RESERVED = [
  ...HELPERS,
  'each',
  'with',
  'log',
  'lookup',
  'helperMissing',
  'blockHelperMissing',
];
const ONLY = 'templates know {{variable}}, {{#if variable}} and {{#unless variable}}';

/**
 * The template's text as it is rendered: one final line end is the editor's and belongs to the file,
 * everything else to the prompt.
 */
export function templateText(source: TemplateSource): string {
  return source.text.replace(/\r?\n$/, '');
}

/** Deeper than any prompt, and far from where the parser takes minutes or runs out of stack. */
const DEEPEST = 50;
const BLOCK_EDGE = /\{\{~?\s*(?:(#|\^(?=\s*\w))|\/)/g;

/** The line on which blocks are nested deeper than a prompt's can be; null where they never are. */
function tooDeep(text: string): number | null {
  let depth = 0;
  for (const { 1: opens, index } of text.matchAll(BLOCK_EDGE)) {
    depth += opens === undefined ? -1 : 1;
    if (depth > DEEPEST) return text.slice(0, index).split('\n').length;
  }
  return null;
}

/** Never throws for what an author can write: mistakes come back as problems with their line. */
export function readSyntax(source: TemplateSource): TemplateSyntax {
  const text = templateText(source);
  const line = tooDeep(text);
  if (line !== null) {
    const message = `blocks are nested more than ${DEEPEST} deep; ${ONLY}`;
    return { uses: [], literal: '', problems: [{ file: source.file, line, message }] };
  }
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parseWithoutProcessing(text);
  } catch (error) {
    return { uses: [], literal: '', problems: [syntaxProblem(source.file, error)] };
  }
  const uses: VariableUse[] = [];
  const literal: string[] = [];
  const problems: InputProblem[] = [];
  const visitor = new Handlebars.Visitor();
  const reject = (node: hbs.AST.Node, message: string) => {
    problems.push({ file: source.file, line: node.loc.start.line, message });
  };
  const use = (node: hbs.AST.Node) => {
    const name = variableName(node);
    if (name === null) reject(node, `this expression is not supported: ${ONLY}`);
    else uses.push({ name, line: node.loc.start.line });
  };
  visitor.ContentStatement = (node) => {
    literal.push(node.value);
  };
  visitor.CommentStatement = () => undefined;
  visitor.MustacheStatement = (node) => {
    if (!node.escaped) reject(node, 'write {{variable}} with two braces: nothing is ever escaped');
    else if (isCall(node)) reject(node, `helpers are not supported: ${ONLY}`);
    else use(node.path);
  };
  visitor.BlockStatement = (node) => {
    const [subject] = node.params;
    if (!isCondition(node) || subject === undefined) {
      reject(node, `this block is not supported: ${ONLY}`);
      return;
    }
    use(subject);
    visitor.accept(node.program);
    visitor.accept(node.inverse);
  };
  const rejectWhole = (node: hbs.AST.Node) =>
    reject(node, `partials and decorators are not supported: ${ONLY}`);
  visitor.PartialStatement = rejectWhole;
  visitor.PartialBlockStatement = rejectWhole;
  visitor.Decorator = rejectWhole;
  visitor.DecoratorBlock = rejectWhole;
  visitor.accept(program);
  return { uses, literal: literal.join(''), problems };
}

function isCall(node: hbs.AST.MustacheStatement): boolean {
  return (
    node.params.length > 0 || hasHash(node) || RESERVED.includes(variableName(node.path) ?? '')
  );
}

function isCondition(node: hbs.AST.BlockStatement): boolean {
  const named = HELPERS.includes(variableName(node.path) ?? '');
  return named && node.params.length === 1 && !hasHash(node) && hasPlainBody(node);
}

/** Handlebars leaves the field out where its types promise one. */
function hasHash(node: { readonly hash?: hbs.AST.Hash }): boolean {
  return node.hash !== undefined;
}

/** False for `{{^if x}}`, which has no program, and for `{{#if x as |y|}}`. */
function hasPlainBody(node: { readonly program?: { readonly blockParams?: string[] } }): boolean {
  return node.program !== undefined && node.program.blockParams === undefined;
}

/** The name in `{{name}}`; null for paths, `this`, `@data` and literals. */
function variableName(node: hbs.AST.Node): string | null {
  if (!isPath(node) || node.data || node.depth > 0) return null;
  const [name] = node.parts;
  return node.parts.length === 1 && name === node.original ? name : null;
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

/** The parser tells the line in its message only; the excerpt is the message's second line. */
function syntaxProblem(file: string, error: unknown): InputProblem {
  if (!(error instanceof Error)) throw error;
  const [first = '', excerpt] = error.message.split('\n');
  const line = /\bon line (\d+)/.exec(first)?.[1] ?? / - (\d+):\d+$/.exec(first)?.[1];
  const what = excerpt === undefined ? first.replace(/ - \d+:\d+$/, '') : `near ${excerpt}`;
  return {
    file,
    ...(line === undefined ? {} : { line: Number(line) }),
    message: `not a Handlebars template (${what}): write {{variable}}, and {{/if}} after {{#if variable}}`,
  };
}
