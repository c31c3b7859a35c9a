/**
 * Translations and paraphrases that the simulator can take back: the text itself behind a mark, so
 * that a judge with known effects still knows how good it is.
 */
export const TRANSLATION_MARK = '(translated into English by the simulator) ';
export const PARAPHRASE_MARK = '(put in other words by the simulator) ';

const TASK =
  /\b(Translate|Paraphrase)\b[\s\S]*<{3,}[^\n]*\bBEGIN TEXT\b[^\n]*\n([\s\S]*)\n<{3,}[^\n]*\bEND TEXT\b/u;

/** The text that a prompt wants translated or paraphrased, rewritten; null for any other prompt. */
export function rewrite(prompt: string): string | null {
  const [, task, text] = TASK.exec(prompt) ?? [];
  if (text === undefined) return null;
  return (task === 'Translate' ? TRANSLATION_MARK : PARAPHRASE_MARK) + text;
}
