/**
 * A judge prompt as the CARE paper's authors released it, `{question}`, `{answer}` and `{response}`
 * in single braces, as a Handlebars template: the placeholders apart it stays byte for byte.
 */
export function fromReleased(text: string): string {
  return text.replace(/\{(question|answer|response)\}/g, (_, name: string) =>
    name === 'answer' ? '{{reference}}' : `{{${name}}}`,
  );
}

/** The other way, to see whether a template is still the one that was released. */
export function toReleased(template: string): string {
  return template.replace(/\{\{(question|reference|response)\}\}/g, (_, name: string) =>
    name === 'reference' ? '{answer}' : `{${name}}`,
  );
}
