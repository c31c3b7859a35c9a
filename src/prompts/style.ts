import type { Item } from '../domain/item.ts';
import type { Message, Prompt } from '../domain/prompt.ts';
import type { CompiledTemplate } from './template.ts';
import { respondVariables } from './variables.ts';

/** A way of putting an item's question to a model: zero-shot, chain-of-thought, role-play … */
export interface PromptStyle {
  readonly name: string;
  readonly user: CompiledTemplate;
  readonly system: CompiledTemplate | null;
}

/** One user message, after a system message where the style has one. */
export function renderStyle(style: PromptStyle, item: Item): Prompt {
  const values = respondVariables(item);
  const user: Message = { role: 'user', content: style.user.render(values) };
  if (style.system === null) return [user];
  return [{ role: 'system', content: style.system.render(values) }, user];
}
