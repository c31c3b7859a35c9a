/** How a model's family signs: a last line that no answer ends with by chance. */
const SIGNATURE = /\n— simulated family ([^\n]+)$/u;

/** The answer with its author's family under it. */
export function sign(answer: string, family: string): string {
  return `${answer}\n— simulated family ${family}`;
}

/** The family under an answer; null for an unsigned one. */
export function signatureOf(answer: string): string | null {
  return SIGNATURE.exec(answer)?.[1] ?? null;
}

/** The answer alone. */
export function unsigned(answer: string): string {
  return answer.replace(SIGNATURE, '');
}
