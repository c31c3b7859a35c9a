import type { Item } from '../../domain/item.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { RunDefinition, TemplateSource } from '../../domain/run-definition.ts';
import { type Rubric, renderRubric } from '../../prompts/rubric.ts';
import { renderStyle } from '../../prompts/style.ts';
import { type CompiledTemplate, compileTemplate } from '../../prompts/template.ts';
import { inVerdictForm } from '../../scorers/judge/request.ts';

/** Makes prompts anew from a run's templates, as they were sent. */
export interface SentPrompts {
  /** null for answers made elsewhere. */
  respond(style: number, item: Item): Prompt | null;
  /** null without a rubric of the item's category. */
  judge(judge: number, item: Item, answer: string): Prompt | null;
}

export function sentPrompts({ styles, judges, rubrics }: RunDefinition): SentPrompts {
  const compiled = new Map<string, CompiledTemplate>();
  const compile = ({ name, fingerprint, source }: TemplateSource): CompiledTemplate => {
    const known = compiled.get(fingerprint);
    // What is stored is the text as rendered; a file has one line end more.
    const template = known ?? compileTemplate({ file: name, text: `${source}\n` });
    compiled.set(fingerprint, template);
    return template;
  };
  const rubricOf = (category: string): Rubric | null => {
    const rubric = Object.hasOwn(rubrics, category) ? rubrics[category] : undefined;
    if (rubric === undefined) return null;
    const translations = Object.entries(rubric.translations).map(
      ([tag, template]) => [tag, compile(template)] as const,
    );
    return {
      name: rubric.name,
      template: compile(rubric),
      translations: new Map(translations),
    };
  };
  return {
    respond: (position, item) => {
      const style = styles[position];
      if (style?.user == null) return null;
      const system = style.system === null ? null : compile(style.system);
      return renderStyle({ name: style.name, user: compile(style.user), system }, item);
    },
    judge: (position, item, answer) => {
      const rubric = rubricOf(item.category);
      if (rubric === null) return null;
      const format = judges[position]?.verdict ?? 'text';
      return inVerdictForm(
        renderRubric(rubric, item, answer),
        format === 'json' ? { format, by: 'none' } : { format },
      );
    },
  };
}
