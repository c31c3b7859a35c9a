import { Blob, Buffer, Face, Font, shape } from 'harfbuzzjs';
import type { FontFile } from '../../ports/fonts.ts';

/** Measures a text in em: shaped as a browser would, so that joined Arabic letters count as joined. */
export type MeasureText = (text: string, weight: FontFile['weight']) => number;

interface ShapedFont {
  readonly file: FontFile;
  readonly font: Font;
  readonly unitsPerEm: number;
}

/** Vega without a canvas guesses 0.8 em a character, which moves and cuts labels. */
export function textMeasurer(files: readonly FontFile[]): MeasureText {
  const fonts = files.map((file): ShapedFont => {
    const face = new Face(new Blob(file.bytes));
    return { file, font: new Font(face), unitsPerEm: face.upem };
  });
  const known = new Map<string, number>();
  return (text, weight) => {
    const key = `${weight} ${text}`;
    const width =
      known.get(key) ?? runsOf(text, weight, fonts).reduce((sum, run) => sum + widthOf(run), 0);
    known.set(key, width);
    return width;
  };
}

interface Run {
  readonly font: ShapedFont;
  text: string;
}

function runsOf(text: string, weight: FontFile['weight'], fonts: readonly ShapedFont[]): Run[] {
  const ofWeight = fonts.filter(({ file }) => file.weight === weight);
  const rest = ofWeight.find(({ file }) => file.script === null);
  if (!rest) throw new Error(`no font of weight ${weight}`);
  const runs: Run[] = [];
  for (const character of text) {
    const font = ofWeight.find(({ file }) => file.script?.test(character)) ?? rest;
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}

function widthOf({ font: { font, unitsPerEm }, text }: Run): number {
  const buffer = new Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(font, buffer);
  return buffer.getGlyphPositions().reduce((sum, { xAdvance }) => sum + xAdvance, 0) / unitsPerEm;
}
