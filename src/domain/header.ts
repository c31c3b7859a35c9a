/** Longer than any column's name. */
const LONGEST_NAME = 60;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
const SENTENCE_END = /[?？؟。！!]\s*$/;

/** Whether the first line of a table reads like a row: a file without a header. */
export function looksLikeRow(names: readonly string[]): boolean {
  return names.some(
    (name) =>
      name.length > LONGEST_NAME ||
      NUMBER.test(name.trim()) ||
      SENTENCE_END.test(name) ||
      /[\r\n]/.test(name),
  );
}

/** What to do about it. */
export const NAME_THE_COLUMNS =
  'the first line reads like a row, not like a header; where a file has none, name its columns in order with `columns: [question, …]`';
