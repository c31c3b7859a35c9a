import { plainAnswer } from './plain-answer.ts';

/** Spellings of one accepted answer, and how many people gave it. */
export interface VotedAnswer {
  readonly texts: readonly string[];
  readonly votes: number;
}

export interface CrowdMatch {
  /** Whether any accepted answer is in the reply. */
  readonly matched: boolean;
  /** Votes of the one that is, over the most votes of any: 0 to 1. */
  readonly weight: number;
}

const LEADING_WORD = /^\s*[\p{L}\p{M}]+\s*[:：]\s*/u;
let segmenter: Intl.Segmenter | undefined;

/**
 * What BLEnD's SEM-B and SEM-W average (Myung et al. 2024, arXiv 2406.09948): accepted answers are tried
 * by falling votes, the first that is in the reply counts, be it within a word or a number, with
 * hyphens for spaces, or all of its words anywhere. BLEnD compares lemmas of words, from a
 * lemmatiser for each language; here words are compared as written, so figures can lie below SEM's and are not called so.
 */
export function crowdMatch(reply: string, answers: readonly VotedAnswer[]): CrowdMatch {
  const text = plainAnswer(reply.replace(LEADING_WORD, ''));
  const words = new Set(wordsOf(text));
  const most = Math.max(...answers.map(({ votes }) => votes));
  const hit = answers
    .toSorted((a, b) => b.votes - a.votes)
    .find(({ texts }) => texts.some((answer) => isIn(plainAnswer(answer), text, words)));
  return { matched: hit !== undefined, weight: hit === undefined ? 0 : hit.votes / most };
}

function isIn(answer: string, text: string, words: ReadonlySet<string>): boolean {
  if (answer === '') return false;
  if (
    [answer, answer.replaceAll('-', ' '), answer.replaceAll(' ', '-')].some((form) =>
      text.includes(form),
    )
  )
    return true;
  return wordsOf(answer).every((word) => words.has(word));
}

function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  const words = Array.from(segmenter.segment(text)).flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
  return words.length > 0 ? words : [text];
}
