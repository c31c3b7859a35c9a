import type { Item } from '../domain/item.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { CompiledTemplate } from './template.ts';
import { judgeVariables } from './variables.ts';

/** The judge template of one or more categories. */
export interface Rubric {
  readonly name: string;
  readonly template: CompiledTemplate;
}

/** One user message that shows the judge question, reference and the response to rate. */
export function renderRubric(rubric: Rubric, item: Item, responseText: string): Prompt {
  return [{ role: 'user', content: rubric.template.render(judgeVariables(item, responseText)) }];
}
