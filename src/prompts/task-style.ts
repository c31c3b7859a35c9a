import type { OfferedOption } from '../domain/choice-reading.ts';
import type { Item } from '../domain/item.ts';
import type { Message, Prompt } from '../domain/prompt.ts';
import type { PromptStyle } from './style.ts';
import type { CompiledTemplate } from './template.ts';
import { respondVariables } from './variables.ts';

/** A way of putting questions with a right answer to a model. */
export interface TaskStyle extends PromptStyle {
  /** A worked example; null where the style shows none. */
  readonly shot: CompiledTemplate | null;
}

/** A question as the model is to see it: its options in the order that they are shown. */
export interface ShownQuestion {
  readonly item: Item;
  /** Empty for questions without options. */
  readonly options: readonly OfferedOption[];
}

/** One user message, after a system message where the style has one. `shots` stand before the question. */
export function renderTask(style: TaskStyle, shown: ShownQuestion, shots: string): Prompt {
  const labels = shown.options.map(({ label }) => label).join(', ');
  const values = { ...shownVariables(shown), labels, shots };
  const user: Message = { role: 'user', content: style.user.render(values) };
  if (style.system === null) return [user];
  return [{ role: 'system', content: style.system.render(values) }, user];
}

/** Worked examples, parted by blank lines. */
export function renderShots(
  template: CompiledTemplate,
  shots: readonly { readonly shown: ShownQuestion; readonly answer: string }[],
): string {
  return shots
    .map(({ shown, answer }) => template.render({ ...shownVariables(shown), answer }))
    .join('\n\n');
}

function shownVariables({ item, options }: ShownQuestion) {
  return {
    ...respondVariables(item),
    context: item.solution?.context ?? '',
    options: options.map(({ label, text }) => `${label}. ${text}`).join('\n'),
  };
}
