import { plainAnswer } from './plain-answer.ts';

/** Characters of a piece that two texts share by copying, hardly by chance, in any script. */
const PIECE = 8;
const COPIED = 0.8;

/** Whether a reply repeats the question: it holds at least 80 % of its runs of eight characters. */
export function echoesQuestion(reply: string, question: string): boolean {
  const [said, asked] = [reply, question].map((text) => plainAnswer(text).replaceAll(' ', ''));
  if (said === undefined || asked === undefined || asked === '') return false;
  if (asked.length <= PIECE) return said.length > asked.length && said.includes(asked);
  const pieces = Array.from({ length: asked.length - PIECE + 1 }, (_, start) =>
    asked.slice(start, start + PIECE),
  );
  return pieces.filter((piece) => said.includes(piece)).length >= COPIED * pieces.length;
}
