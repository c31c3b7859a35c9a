import type { Item } from '../domain/item.ts';
import type { Prompt } from '../domain/prompt.ts';
import { inLanguage } from '../domain/run-definition.ts';
import type { CompiledTemplate } from './template.ts';
import { judgeVariables } from './variables.ts';

/** The judge template of one or more categories. */
export interface Rubric {
  readonly name: string;
  readonly template: CompiledTemplate;
  /** Language tag → the same rubric in that language; empty unless the config asks for them. */
  readonly translations: ReadonlyMap<string, CompiledTemplate>;
}

/** One user message that shows the judge question, reference and the response to rate. */
export function renderRubric(rubric: Rubric, item: Item, responseText: string): Prompt {
  const template = rubricTemplate(rubric, item.language);
  return [{ role: 'user', content: template.render(judgeVariables(item, responseText)) }];
}

/** What questions in a language are judged with. */
export function rubricTemplate(
  { template, translations }: Rubric,
  language: string,
): CompiledTemplate {
  return inLanguage(language, (tag) => translations.get(tag)) ?? template;
}
