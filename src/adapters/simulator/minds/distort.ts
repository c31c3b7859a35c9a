import { type Draw, pick, shuffled } from './draws.ts';
import { FILLERS, type FillerLanguage } from './fillers.ts';

/** What a distortion needs beside the text. `quality` is the share of the text that survives, 0..1. */
export interface Distortion {
  readonly language: FillerLanguage;
  readonly quality: number;
  readonly draw: Draw;
}

/** A part of a sentence and the mark that closes it, with the blanks after it. */
interface Clause {
  readonly words: string;
  readonly mark: string;
  readonly kept: boolean;
}

/**
 * A worse version of a text: whole clauses are kept up to `quality` of its characters, the one that no
 * longer fits by chance. The last kept clause before a gap takes the mark of what is missing, so no
 * mark leads a sentence or doubles another. Half of the sentences that lost their end get filler in its
 * room. (A window of characters would be finer, and reads like an encoding fault.)
 */
export function distort(text: string, { language, quality, draw }: Distortion): string {
  const fillers = shuffled(FILLERS[language], draw);
  const sentences = sentencesOf(keepSome(clausesOf(text), quality * text.length, draw));
  const spoiled = sentences
    .map((clauses) => {
      const kept = closeGaps(clauses);
      if (clauses.at(-1)?.kept === true || draw() < 0.5) return textOf(kept);
      const filler = fillers.pop() ?? '';
      const room = textOf(clauses).length - textOf(kept).length;
      // Filler is for the room that is left, not far beyond the length of what it replaces.
      if (kept.length > 0 && room * 2 <= filler.length) return textOf(kept);
      const last = kept.pop();
      return `${textOf(kept)}${last ? last.words + PAUSE[language] : ''}${filler}${blanksAfter(clauses)}`;
    })
    .join('');
  return spoiled.trim() || pick(FILLERS[language], draw);
}

/** Between a kept part of a sentence and the filler after it. */
const PAUSE: Readonly<Record<FillerLanguage, string>> = { zh: '，', ja: '、', ar: '، ', en: ', ' };

const PAIRS: Readonly<Record<string, 1 | -1>> = Object.fromEntries([
  ...Array.from('「『（(《〈“【«', (open) => [open, 1] as const),
  ...Array.from('」』）)》〉”】»', (close) => [close, -1] as const),
]);
/** A run such as ？！ with the blanks after it; those of ASCII only at a blank, as 3.5 and 1,000 are whole. */
const MARK = /^(?:[、，；。！？،؛؟]+\s*|[.,;!?]+(?:\s+|$)|\s*\n\s*)/u;
const ENDS_SENTENCE = /[。！？؟.!?\n]/u;

/** Split at marks outside quotation marks and brackets. */
function clausesOf(text: string): Omit<Clause, 'kept'>[] {
  const clauses: Omit<Clause, 'kept'>[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    depth = Math.max(0, depth + (PAIRS[text.charAt(at)] ?? 0));
    const mark = depth === 0 ? (MARK.exec(text.slice(at))?.[0] ?? '') : '';
    if (mark === '') continue;
    clauses.push({ words: text.slice(start, at), mark });
    start = at + mark.length;
    at = start - 1;
  }
  if (start < text.length) clauses.push({ words: text.slice(start), mark: '' });
  return clauses;
}

function keepSome(
  clauses: readonly Omit<Clause, 'kept'>[],
  characters: number,
  draw: Draw,
): Clause[] {
  let budget = characters;
  const kept = new Set<number>();
  for (const index of shuffled([...clauses.keys()], draw)) {
    const { words, mark } = clauses[index] ?? { words: '', mark: '' };
    const length = words.length + mark.length;
    // Half a character more or less is neither a clause nor a reason to lose one.
    const spare = budget - length * draw();
    if (spare > 0.5 || budget > length - 0.5) kept.add(index);
    budget -= length;
  }
  return clauses.map((clause, index) => ({ ...clause, kept: kept.has(index) }));
}

function sentencesOf(clauses: readonly Clause[]): Clause[][] {
  const sentences: Clause[][] = [];
  let open: Clause[] = [];
  for (const clause of clauses) {
    open.push(clause);
    if (!ENDS_SENTENCE.test(clause.mark)) continue;
    sentences.push(open);
    open = [];
  }
  return open.length > 0 ? [...sentences, open] : sentences;
}

function closeGaps(clauses: readonly Clause[]): Clause[] {
  const kept: Clause[] = [];
  for (const clause of clauses) {
    if (clause.kept) {
      kept.push(clause);
      continue;
    }
    const before = kept.pop();
    if (before) kept.push({ ...before, mark: clause.mark });
  }
  return kept;
}

function textOf(clauses: readonly Clause[]): string {
  return clauses.map(({ words, mark }) => words + mark).join('');
}

function blanksAfter(sentence: readonly Clause[]): string {
  return /\s*$/u.exec(sentence.at(-1)?.mark ?? '')?.[0] ?? '';
}
