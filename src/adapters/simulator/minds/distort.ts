import { type Draw, pick, shuffled } from './draws.ts';
import { FILLERS, type FillerLanguage } from './fillers.ts';

/** What a distortion needs beside the text. `quality` is the share of the text that survives, 0..1. */
export interface Distortion {
  readonly language: FillerLanguage;
  readonly quality: number;
  readonly draw: Draw;
}

/**
 * A worse version of a text: whole sentences are kept up to `quality` of its characters, one more is
 * kept in part, the others are dropped, scrambled or replaced by filler.
 */
export function distort(text: string, { language, quality, draw }: Distortion): string {
  const sentences = splitSentences(text);
  let budget = quality * text.length;
  const fates = new Map<number, string>();
  for (const index of shuffled([...sentences.keys()], draw)) {
    const sentence = sentences[index] ?? '';
    const share = Math.max(0, Math.min(1, budget / sentence.length));
    budget -= sentence.length;
    fates.set(index, spoil(sentence, share, { language, draw }));
  }
  const spoiled = sentences.map((_, index) => fates.get(index) ?? '').join('');
  return spoiled.trim() || pick(FILLERS[language], draw);
}

type Means = Pick<Distortion, 'language' | 'draw'>;

function spoil(sentence: string, share: number, { language, draw }: Means): string {
  // A lost half character is no reason to touch a sentence.
  if (share * sentence.length > sentence.length - 0.5) return sentence;
  const { units, joint } = splitUnits(sentence);
  const keep = Math.round(share * units.length);
  const start = Math.floor(draw() * (units.length - keep + 1));
  const kept = units.slice(start, start + keep);
  const lost = [...units.slice(0, start), ...units.slice(start + keep)];
  const fate = draw();
  if (fate < 0.3) return kept.join(joint) + (kept.length > 0 ? joint : '');
  if (fate < 0.6) {
    const scraps = shuffled(lost, draw).slice(0, Math.ceil(lost.length / 3));
    return [...scraps, ...kept].join(joint) + joint;
  }
  const filler = pick(FILLERS[language], draw);
  if (kept.length === 0) return filler + joint;
  // Filler is for the room that is left, not far beyond the length of what it stands for.
  const room = sentence.length - kept.join(joint).length;
  return kept.join(joint) + (room * 2 > filler.length ? PAUSE[language] + filler : '') + joint;
}

/** Between a kept part and the filler after it. */
const PAUSE: Readonly<Record<FillerLanguage, string>> = { zh: '，', ja: '、', ar: '، ', en: ', ' };

/** Sentences with their closing marks and the blanks after them; joined they are the text. */
function splitSentences(text: string): string[] {
  return text.match(/[^.!?。！？؟\n]+[.!?。！？؟\n]*\s*|[.!?。！？؟\n]+\s*/gu) ?? [text];
}

/** Words where the text has blanks, single characters where it is written without. */
function splitUnits(sentence: string): { units: string[]; joint: string } {
  const words = sentence.split(/\s+/u).filter((word) => word !== '');
  const spaced = words.length > 1 && sentence.length / words.length < 20;
  return spaced ? { units: words, joint: ' ' } : { units: Array.from(sentence.trim()), joint: '' };
}
