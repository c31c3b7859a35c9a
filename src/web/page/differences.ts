import { diffArrays } from 'diff';
import { folded } from '../answers/search.ts';

/** A piece of a text: words that the other text has in the same order, or not. */
export interface Piece {
  readonly text: string;
  readonly shared: boolean;
}

export interface Differences {
  readonly reference: readonly Piece[];
  readonly answer: readonly Piece[];
  /** Words of the reference, and how many of them the answer has. */
  readonly words: number;
  readonly found: number;
}

interface Token {
  readonly text: string;
  readonly word: boolean;
}

/** Longer texts are not compared word by word: a reader would wait. */
const MOST_TOKENS = 4000;

/** What two texts have in common, by words as their language has them; null for very long ones. */
export function differencesBetween(
  { reference, answer }: { readonly reference: string; readonly answer: string },
  language: string,
): Differences | null {
  const segmenter = segmenterFor(language);
  const [one, other] = [tokensOf(reference, segmenter), tokensOf(answer, segmenter)];
  if (one.length + other.length > MOST_TOKENS) return null;
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const shared = sharedWords(words, others);
  return {
    reference: piecesOf(one, new Set(shared.map(([word]) => word))),
    answer: piecesOf(other, new Set(shared.map(([, word]) => word))),
    words: words.length,
    found: shared.length,
  };
}

/** The longest common sequence of words, as pairs. */
function sharedWords(
  words: readonly Token[],
  others: readonly Token[],
): (readonly [Token, Token])[] {
  const shared: (readonly [Token, Token])[] = [];
  let [before, after] = [0, 0];
  const comparator = (left: Token, right: Token) => folded(left.text) === folded(right.text);
  for (const { value, added, removed } of diffArrays([...words], [...others], { comparator })) {
    if (!added && !removed)
      shared.push(...pairsOf(words, others, { before, after, count: value.length }));
    before += added ? 0 : value.length;
    after += removed ? 0 : value.length;
  }
  return shared;
}

function pairsOf(
  words: readonly Token[],
  others: readonly Token[],
  { before, after, count }: { before: number; after: number; count: number },
): (readonly [Token, Token])[] {
  return words.slice(before, before + count).flatMap((word, place) => {
    const other = others[after + place];
    return other === undefined ? [] : [[word, other] as const];
  });
}

function segmenterFor(language: string): Intl.Segmenter {
  const [known] = isTag(language) ? Intl.Segmenter.supportedLocalesOf([language]) : [];
  return new Intl.Segmenter(known ?? 'und', { granularity: 'word' });
}

function isTag(language: string): boolean {
  return /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(language);
}

function tokensOf(text: string, segmenter: Intl.Segmenter): Token[] {
  return Array.from(segmenter.segment(text), ({ segment, isWordLike }) => ({
    text: segment,
    word: isWordLike === true,
  }));
}

const wordsOf = (tokens: readonly Token[]) => tokens.filter(({ word }) => word);

/** Neighbours of one kind together; what stands between two shared words belongs to them. */
function piecesOf(tokens: readonly Token[], shared: ReadonlySet<Token>): Piece[] {
  const pieces: { text: string; shared: boolean }[] = [];
  const add = (text: string, kind: boolean) => {
    const last = pieces.at(-1);
    if (text === '') return;
    if (last?.shared === kind) last.text += text;
    else pieces.push({ text, shared: kind });
  };
  let between = '';
  let before = false;
  for (const token of tokens) {
    if (!token.word) {
      between += token.text;
      continue;
    }
    const kind = shared.has(token);
    add(between, kind && before);
    add(token.text, kind);
    between = '';
    before = kind;
  }
  add(between, false);
  return pieces;
}
