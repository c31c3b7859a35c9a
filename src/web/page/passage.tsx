import { showControls } from '../../domain/shown-text.ts';
import { settingOf } from '../../render/html/passage.ts';
import { folded } from '../answers/search.ts';
import type { Piece } from './differences.ts';

/** A text with its own language and direction; words that were searched for are marked. */
export function Passage({
  text,
  language,
  marked = [],
  pieces = null,
}: {
  readonly text: string;
  readonly language: string | null;
  readonly marked?: readonly string[];
  /** The same text in pieces, those that another text shares tinted. */
  readonly pieces?: readonly Piece[] | null;
}) {
  const setting = settingOf(text, language);
  return (
    <div class="passage" dir={setting.direction} lang={setting.language ?? undefined}>
      {pieces === null ? (
        <Marked text={text} words={marked} />
      ) : (
        pieces.map((piece) =>
          piece.shared ? (
            <span class="shared">
              <Marked text={piece.text} words={marked} />
            </span>
          ) : (
            <Marked text={piece.text} words={marked} />
          ),
        )
      )}
    </div>
  );
}

/** Names and short texts within a line: they cannot reorder what stands around them. */
export function Name({ text }: { readonly text: string }) {
  return <bdi>{showControls(text)}</bdi>;
}

function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return <>{marksIn(text, words).map(({ part, found }) => (found ? <mark>{part}</mark> : part))}</>;
}

interface Part {
  readonly part: string;
  readonly found: boolean;
}

/** Finds folded words in a text and gives the text back in parts. */
function marksIn(text: string, words: readonly string[]): Part[] {
  const whole = [{ part: showControls(text), found: false }];
  if (words.length === 0) return whole;
  const { plain, begins } = foldedWithPlaces(text);
  const inside = new Uint8Array(text.length);
  for (const word of words)
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
      inside.fill(1, begins[at], begins[at + word.length]);
  if (!inside.includes(1)) return whole;
  const parts: { part: string; found: boolean }[] = [];
  for (let place = 0; place < text.length; place += 1) {
    const found = inside[place] === 1;
    const last = parts.at(-1);
    if (last?.found === found) last.part += text[place];
    else parts.push({ part: text[place] ?? '', found });
  }
  return parts.map(({ part, found }) => ({ part: showControls(part), found }));
}

/** Where each character of the folded text comes from. */
function foldedWithPlaces(text: string): { plain: string; begins: number[] } {
  let plain = '';
  const begins: number[] = [];
  let place = 0;
  for (const character of text) {
    const fold = folded(character);
    for (let index = 0; index < fold.length; index += 1) begins.push(place);
    plain += fold;
    place += character.length;
  }
  begins.push(place);
  return { plain, begins };
}
