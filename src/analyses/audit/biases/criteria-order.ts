import { chosenRubrics } from '../../../config/rubric-sets.ts';
import { readJudgeTemplates } from '../../../prepare/read-templates.ts';
import { type Rubric, renderRubric } from '../../../prompts/rubric.ts';
import { type CompiledTemplate, compileTemplate } from '../../../prompts/template.ts';
import type { TemplateSource } from '../../../prompts/template-syntax.ts';
import type { Bias, Change, ChangeSource } from './bias.ts';

export const criteriaOrder: Bias = {
  label: 'Order of the criteria',
  effect: 'the same answer under the criteria in reverse',
  kind: 'changed',
  change,
};

function change({ config: source, rubricOf, problems }: ChangeSource): Change {
  const { config } = source.loaded;
  const given = config.audit?.reversed;
  const reversed =
    given === undefined
      ? new Map(
          Object.keys(chosenRubrics(config.rubrics).rubrics).flatMap((category) =>
            reversedEntry(category, rubricOf),
          ),
        )
      : readJudgeTemplates(source, { entries: given, path: ['audit', 'reversed'] }, problems);
  return {
    method: `the same answers judged again, paired; ${given === undefined ? 'the first list of criteria in the rubric reversed' : 'the given templates with another order'}`,
    needs:
      reversed.size > 0
        ? null
        : 'needs a rubric with a list of criteria (lines that begin with "- "), or templates with another order (`audit: { reversed: { CATEGORY: FILE } }`)',
    rewriting: null,
    change: ({ item, answer }) => {
      const rubric = reversed.get(item.category);
      return rubric ? renderRubric(rubric, item, answer) : null;
    },
  };
}

function reversedEntry(
  category: string,
  rubricOf: (category: string) => Rubric,
): (readonly [string, Rubric])[] {
  const { name, template, translations } = rubricOf(category);
  const reversed = compileReversed(template);
  if (reversed === null) return [];
  const reversedTranslations = [...translations].flatMap(([tag, text]) => {
    const translation = compileReversed(text);
    return translation === null ? [] : [[tag, translation] as const];
  });
  return [[category, { name, template: reversed, translations: new Map(reversedTranslations) }]];
}

function compileReversed({ name, source }: CompiledTemplate): CompiledTemplate | null {
  const reversed = reverseCriteria({ file: name, text: source });
  return reversed === null ? null : compileTemplate(reversed);
}

/** A line that names a criterion: a list item that does not begin with a number, as scales do. */
const CRITERION = /^[-*]\s+(?!\d)\S/;

/**
 * The template with the lines of its first list of criteria in reverse order; null where it has no two
 * list items, one below the other, that do not begin with a number.
 */
export function reverseCriteria({ file, text }: TemplateSource): TemplateSource | null {
  const lines = text.split('\n');
  const start = lines.findIndex(
    (line, index) => CRITERION.test(line) && CRITERION.test(lines[index + 1] ?? ''),
  );
  if (start < 0) return null;
  const length = lines.slice(start).findIndex((line) => !CRITERION.test(line));
  const end = length < 0 ? lines.length : start + length;
  const reversed = lines.slice(start, end).reverse();
  return { file, text: [...lines.slice(0, start), ...reversed, ...lines.slice(end)].join('\n') };
}
