/** Counts the tokens of a text, special tokens taken for the plain text that they are in a prompt. */
export type CountTokens = (text: string) => number;

/**
 * The tokenizer's time grows with the square of a stretch without breaks, so long texts go in pieces.
 * A cut adds one token at most, a thousandth of what is counted.
 */
const PIECE = 1000;
const LONGEST_WHOLE = 4 * PIECE;

/** The tokenizer of gpt-4o and what OpenAI and Azure have served since. 2 MB of ranks: loaded here and not before. */
export async function loadO200k(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => piecesOf(text).reduce((sum, piece) => sum + countTokens(piece, options), 0);
}

function piecesOf(text: string): string[] {
  if (text.length <= LONGEST_WHOLE) return [text];
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += PIECE) {
    pieces.push(text.slice(start, start + PIECE));
  }
  return pieces;
}
