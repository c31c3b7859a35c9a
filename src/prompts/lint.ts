import type { InputProblem } from '../domain/errors.ts';
import { RATING_MAX, RATING_MIN } from '../domain/judgment.ts';
import { readSyntax, type TemplateSource, type TemplateSyntax } from './template-syntax.ts';
import { JUDGE_VARIABLES, RESPOND_VARIABLES, SHOT_VARIABLES, TASK_VARIABLES } from './variables.ts';

/** What a template is for: a model's user message, a model's system message, or a judge's message. */
/** `judge-json`: a judge's whose verdict's form is said behind the template. */
/** `task` and `shot`: questions with a right answer, and a worked example of them. */
export type TemplateKind =
  | 'respond'
  | 'respond-system'
  | 'task'
  | 'task-system'
  | 'shot'
  | 'judge'
  | 'judge-json';

const JUDGE = { known: JUDGE_VARIABLES, needed: ['question', 'reference', 'response'] };

const RULES: Record<TemplateKind, { known: readonly string[]; needed: readonly string[] }> = {
  respond: { known: RESPOND_VARIABLES, needed: ['question'] },
  'respond-system': { known: RESPOND_VARIABLES, needed: [] },
  task: { known: TASK_VARIABLES, needed: ['question'] },
  'task-system': { known: TASK_VARIABLES, needed: [] },
  shot: { known: SHOT_VARIABLES, needed: ['question', 'answer'] },
  judge: JUDGE,
  'judge-json': JUDGE,
};

const SHOWN_RATING = /\brating[*_`]*:[\s*_`]*\[\[([^[\]\n]{1,40})\]\]/giu;

/** Everything that keeps a template from being used, all at once; none means that it compiles. */
export function lintTemplate(kind: TemplateKind, source: TemplateSource): InputProblem[] {
  const syntax = readSyntax(source);
  const problems = [...syntax.problems, ...unknownVariables(kind, source.file, syntax)];
  // After a mistake in the braces the rest cannot be told, and would be reported twice.
  if (syntax.problems.length > 0) return problems;
  if (source.text.startsWith('\ufeff')) {
    problems.push({
      file: source.file,
      line: 1,
      message: 'begins with a byte order mark, which would be sent: save it as UTF-8 without one',
    });
  }
  problems.push(...missingVariables(kind, source.file, syntax));
  if (!fencesBothEnds(syntax)) {
    problems.push({
      file: source.file,
      message:
        'marks one end of the answer only: put {{fence}} both before and after {{response}}, or nowhere',
    });
  }
  if (kind === 'judge' && !showsRatingFormat(syntax.literal)) {
    problems.push({
      file: source.file,
      message:
        'shows the judge no rating format that can be read back: ' +
        'ask for a last line of the form Rating: [[number]]',
    });
  }
  return problems;
}

function unknownVariables(kind: TemplateKind, file: string, syntax: TemplateSyntax) {
  const { known } = RULES[kind];
  return syntax.uses
    .filter((use) => !known.includes(use.name))
    .map(({ name, line }) => ({ file, line, message: unknownMessage(kind, name) }));
}

function unknownMessage(kind: TemplateKind, name: string): string {
  const { known } = RULES[kind];
  if (RULES.judge.known.includes(name)) {
    return `{{${name}}} is for the judge only: a model must not see it; here there are ${list(known)}`;
  }
  return `{{${name}}} is not a variable: use one of ${list(known)}`;
}

function missingVariables(kind: TemplateKind, file: string, syntax: TemplateSyntax) {
  return RULES[kind].needed
    .filter((name) => !syntax.uses.some((use) => use.name === name))
    .map((name) => ({
      file,
      message: `never shows the ${name}: add {{${name}}} where it is to stand`,
    }));
}

/** A mark at one end would leave it to the answer where it ends. */
function fencesBothEnds({ uses }: TemplateSyntax): boolean {
  const places = (name: string) => uses.flatMap((use, place) => (use.name === name ? [place] : []));
  const [fences, responses] = [places('fence'), places('response')];
  if (fences.length === 0 || responses.length === 0) return true;
  return (
    Math.min(...fences) < Math.min(...responses) && Math.max(...fences) > Math.max(...responses)
  );
}

function list(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join(', ');
}

/** True where the literal text has `Rating: [[number]]` or the like, with a rating or a word as n. */
function showsRatingFormat(literal: string): boolean {
  return Array.from(literal.matchAll(SHOWN_RATING), ([, shown = '']) => shown.trim()).some(
    (shown) => isPlaceholder(shown) || isRating(shown),
  );
}

/** Words such as number, n, <score>, 数字: what is not made of digits and fractions. */
function isPlaceholder(shown: string): boolean {
  return /^<?[\p{L}\p{M}_ -]+>?$/u.test(shown);
}

function isRating(shown: string): boolean {
  const value = Number(shown);
  return /^\d+(?:\.\d+)?$/.test(shown) && value >= RATING_MIN && value <= RATING_MAX;
}
