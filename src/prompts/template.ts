import Handlebars from 'handlebars';
import { InputError } from '../domain/errors.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { readSyntax, type TemplateSource, templateText } from './template-syntax.ts';

/** A template ready to be filled. */
export interface CompiledTemplate {
  /** The file it was read from. */
  readonly name: string;
  /** As rendered: the file's text without its final line end. */
  readonly source: string;
  /** Of `source`. */
  readonly fingerprint: string;
  /** Every variable that it names, once each, in order of appearance. */
  readonly variables: readonly string[];
  /** Fills in values character for character. Throws where one of `variables` is not given. */
  render(values: Readonly<Record<string, string>>): string;
}

/**
 * Compiles a Handlebars template without escaping: what is put in comes out byte for byte, and braces
 * in it are text. Throws InputError, with file and line, for syntax errors and unsupported syntax.
 */
export function compileTemplate(source: TemplateSource): CompiledTemplate {
  const syntax = readSyntax(source);
  if (syntax.problems.length > 0) throw new InputError(syntax.problems);
  const text = templateText(source);
  const variables = [...new Set(syntax.uses.map((use) => use.name))];
  const fill = Handlebars.compile<Record<string, string>>(text, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
  });
  return {
    name: source.file,
    source: text,
    fingerprint: fingerprint(text),
    variables,
    render: (values) => fill(pick(values, variables, source.file)),
  };
}

/** Own properties only, on an object without prototype: nothing else can be reached from a template. */
function pick(
  values: Readonly<Record<string, string>>,
  names: readonly string[],
  file: string,
): Record<string, string> {
  const picked: Record<string, string> = Object.create(null);
  for (const name of names) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new TypeError(`${file} needs a value for {{${name}}}`);
    picked[name] = value;
  }
  return picked;
}
