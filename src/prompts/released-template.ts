/** What the placeholders of the CARE paper's released judge prompts are called here. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  question: 'question',
  answer: 'reference',
  response: 'response',
};

/**
 * A judge prompt as the CARE paper's authors released it, `{question}`, `{answer}` and `{response}`
 * in single braces, as a Handlebars template: the placeholders apart it stays byte for byte.
 */
export function fromReleased(text: string): string {
  return text.replace(
    /\{(question|answer|response)\}/g,
    (_, name: string) => `{{${PLACEHOLDERS[name]}}}`,
  );
}
