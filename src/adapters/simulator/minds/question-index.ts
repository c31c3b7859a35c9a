/** A question with the answer the simulator may draw on. `language` is a BCP 47 tag. */
export interface Reference {
  readonly question: string;
  readonly reference: string;
  readonly language: string;
  /** For effects that differ between cultures. */
  readonly culture?: string;
  /** Of a choice, one of them the reference. */
  readonly options?: readonly string[];
  /** Of a short answer: a model that knows it says the reference and nothing else. */
  readonly short?: boolean;
}

/** Where a known question stands in a prompt, and every reference given for it. */
export interface QuestionMatch {
  readonly references: readonly [Reference, ...Reference[]];
  readonly start: number;
  readonly end: number;
}

interface Question {
  readonly text: string;
  readonly firstLine: string;
  readonly references: [Reference, ...Reference[]];
}

/** Window lengths; a question is filed under the longest one its first line can fill. */
const WINDOWS = [16, 8, 4, 2, 1] as const;
/** Questions shorter than this count only where no letter or digit touches them. */
const SHORT = 8;
const FILTER_BITS = 20;
const BASE = 0x01000193;

/**
 * Finds which known question a prompt asks, wherever the prompt puts it. A rolling hash of the
 * question's first characters makes it one pass over the prompt, however many questions there are.
 */
export class QuestionIndex {
  readonly #windows = new Map<number, WindowIndex>();

  constructor(references: Iterable<Reference>) {
    for (const [text, known] of byQuestion(references)) {
      const firstLine = text.split('\n', 1)[0]?.trimEnd() ?? text;
      const width = WINDOWS.find((length) => length <= firstLine.length);
      if (width === undefined) continue;
      const window = this.#windows.get(width) ?? new WindowIndex(width);
      this.#windows.set(width, window);
      window.add({ text, firstLine, references: known });
    }
  }

  /** The longest known question in the prompt, or null. */
  find(prompt: string): QuestionMatch | null {
    for (const width of WINDOWS) {
      const match = this.#windows.get(width)?.longest(prompt);
      if (match) return match;
    }
    return null;
  }
}

/** Groups by trimmed question: templates may trim, and datasets repeat questions. */
function byQuestion(references: Iterable<Reference>): Map<string, [Reference, ...Reference[]]> {
  const groups = new Map<string, [Reference, ...Reference[]]>();
  for (const reference of references) {
    const text = reference.question.trim();
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [reference]);
    else group.push(reference);
  }
  return groups;
}

class WindowIndex {
  readonly #width: number;
  /** Weight of the character that leaves the window. */
  readonly #leaving: number;
  readonly #buckets = new Map<number, Question[]>();
  /** One bit a hash: spares nearly every position the Map. */
  readonly #filter = new Uint8Array(1 << (FILTER_BITS - 3));

  constructor(width: number) {
    this.#width = width;
    let weight = 1;
    for (let power = 1; power < width; power++) weight = Math.imul(weight, BASE);
    this.#leaving = weight;
  }

  add(question: Question): void {
    let hash = 0;
    for (let at = 0; at < this.#width; at++) {
      hash = (Math.imul(hash, BASE) + question.firstLine.charCodeAt(at)) | 0;
    }
    const bucket = this.#buckets.get(hash);
    if (bucket === undefined) this.#buckets.set(hash, [question]);
    else bucket.push(question);
    const bit = filterBit(hash);
    this.#filter[bit >>> 3] = (this.#filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  longest(prompt: string): QuestionMatch | null {
    let best: QuestionMatch | null = null;
    let hash = 0;
    for (let at = 0; at < prompt.length; at++) {
      if (at >= this.#width) {
        hash = (hash - Math.imul(this.#leaving, prompt.charCodeAt(at - this.#width))) | 0;
      }
      hash = (Math.imul(hash, BASE) + prompt.charCodeAt(at)) | 0;
      if (at + 1 < this.#width || !this.#mayHold(hash)) continue;
      best = longer(best, this.#longestAt(prompt, at + 1 - this.#width, hash));
    }
    return best;
  }

  #mayHold(hash: number): boolean {
    const bit = filterBit(hash);
    return ((this.#filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }

  #longestAt(prompt: string, start: number, hash: number): QuestionMatch | null {
    let best: QuestionMatch | null = null;
    for (const { text, firstLine, references } of this.#buckets.get(hash) ?? []) {
      // A template may re-wrap the later lines of a question: its first line is enough to know it.
      const found = prompt.startsWith(text, start) ? text : firstLine;
      const end = start + found.length;
      if (found === firstLine && !prompt.startsWith(firstLine, start)) continue;
      if (found.length < SHORT && !standsAlone(prompt, start, end)) continue;
      best = longer(best, { references, start, end });
    }
    return best;
  }
}

function filterBit(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function longer(a: QuestionMatch | null, b: QuestionMatch | null): QuestionMatch | null {
  if (a === null || b === null) return a ?? b;
  return b.end - b.start > a.end - a.start ? b : a;
}

const WORD_EDGE = /[\p{L}\p{N}]/u;

function standsAlone(prompt: string, start: number, end: number): boolean {
  return !WORD_EDGE.test(prompt.charAt(start - 1)) && !WORD_EDGE.test(prompt.charAt(end));
}
