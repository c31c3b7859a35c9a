import { ANSWER_WORDS } from '../choice/answer-words.ts';
import { plainAnswer, withoutArticle } from './plain-answer.ts';

/** Signs between which a span stands; points, commas and colons within a number and hyphens within a word are none. */
const DELIMITER =
  /(?<!\d)[.,:]|[.,:](?!\d)|[\n;!?…。、，；！？：؛،؟।|/()[\]{}<>"“”«»「」『』【】《》〈〉（）［］*_`~=→]|\s[-–—]\s|[–—]|(?<!\p{L})['‘’]|['‘’](?!\p{L})|^\s*(?:[-•·]|\d{1,2}[.)])\s/gmu;

/**
 * The parts of a reply that stand by themselves: between punctuation, quotation marks, emphasis or
 * lines, as a whole and after words that announce an answer ("the answer is", 答えは). Normalised.
 */
export function delimitedSpans(reply: string): ReadonlySet<string> {
  const parts = [reply, ...reply.split(DELIMITER)].filter((part) => part.trim() !== '');
  const spans = parts.flatMap((part) => {
    const announced = afterAnswerWord(part);
    return announced === null ? [plainAnswer(part)] : [plainAnswer(part), plainAnswer(announced)];
  });
  return new Set(spans.flatMap((span) => [span, withoutArticle(span), withoutCopula(span)]));
}

const COPULA = /(?<=.)(?: ?(?:です|である|だ|입니다|이다|예요|이에요)| (?:है|است|ہے))$/u;
const withoutCopula = (span: string) => span.replace(COPULA, '');

function afterAnswerWord(part: string): string | null {
  const word = Array.from(part.matchAll(ANSWER_WORDS.answer)).at(-1);
  if (word === undefined) return null;
  let at = word.index + word[0].length;
  for (let count = 0; count < 8; count += 1) {
    ANSWER_WORDS.filler.lastIndex = at;
    if (!ANSWER_WORDS.filler.test(part)) break;
    at = ANSWER_WORDS.filler.lastIndex;
  }
  return part.slice(at);
}
