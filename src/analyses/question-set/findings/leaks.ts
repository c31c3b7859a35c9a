import { comparableText } from '../../../overlap/comparable-text.ts';
import { containment } from '../../../overlap/overlap-index.ts';
import { excerpt } from '../excerpt.ts';
import type { Finding } from '../schema.ts';
import { placeOf, type SetItem } from '../set-item.ts';
import { wordsOf } from '../words.ts';
import { NEAR, SIMILAR } from './duplicates.ts';

/** A single character (是, no digit more than that) turns up in a question by chance. */
const LEAST_CHARACTERS = 2;

/** A question that has its reference in it: an answer that repeats the question would be right. */
export function findLeak(entry: SetItem): Finding[] {
  const { question, reference, language } = entry.item;
  const places = [placeOf(entry)];
  if (holdsWords(wordsOf(question, language), wordsOf(reference, language)))
    return [
      { kind: 'leak', places, share: 1, detail: `the question contains “${excerpt(reference)}”` },
    ];
  const share = containment(reference, question) ?? 0;
  if (share < SIMILAR) return [];
  return [
    {
      kind: share >= NEAR ? 'leak' : 'partial-leak',
      places,
      share,
      detail: `the question contains ${Math.round(100 * share)} % of “${excerpt(reference)}”`,
    },
  ];
}

/** Whether some words follow one another in others, so that no reference is found in half a word. */
function holdsWords(words: readonly string[], sought: readonly string[]): boolean {
  if (comparableText(sought.join('')).length < LEAST_CHARACTERS) return false;
  return words.some((_, from) => sought.every((word, at) => words[from + at] === word));
}
