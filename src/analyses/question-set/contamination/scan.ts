import { comparableText } from '../../../overlap/comparable-text.ts';
import { matchingPassage } from '../../../overlap/matching-passage.ts';
import { createOverlapIndex, type Overlap } from '../../../overlap/overlap-index.ts';
import type { Row } from '../../../ports/rows.ts';
import { pick } from '../../../stats/at.ts';
import { NEAR, SIMILAR } from '../findings/duplicates.ts';
import type { Contamination, TrainedOn } from '../schema.ts';
import type { SetItem } from '../set-item.ts';
import { eachText } from './row-texts.ts';

/** Below this a text is found only where it is all of another; such a reference says nothing. */
const SHORT = 8;

type Kind = TrainedOn['text'];

interface KnownText {
  readonly entry: SetItem;
  readonly kind: Kind;
  readonly text: string;
  readonly short: boolean;
}

interface Found {
  contaminated: number;
  review: number;
  best: Pick<TrainedOn, 'share' | 'exact' | 'match'>;
}

/** Takes training data row by row; what it keeps grows with the question set alone. */
export interface ContaminationScan {
  take(file: string, row: Row): void;
  result(files: readonly string[]): Contamination;
}

/** Looks for questions, references and translations in the texts of training rows. */
export function createContaminationScan(items: readonly SetItem[]): ContaminationScan {
  const known = items.flatMap(knownTexts);
  const sought = known.filter(({ kind, short }) => !(short && kind === 'reference'));
  const index = createOverlapIndex(sought.map(({ text }) => text));
  const found = new Map<number, Found>();
  let [rows, texts] = [0, 0];

  function note(overlap: Overlap, text: string, place: Omit<TrainedOn['match'], 'passage'>): void {
    const { known: position, share, exact } = overlap;
    const before = found.get(position);
    const [contaminated, review] = share >= NEAR ? [1, 0] : [0, 1];
    const better =
      before === undefined || share > before.best.share || (exact && !before.best.exact);
    const best = better
      ? {
          share,
          exact,
          match: { ...place, passage: matchingPassage(text, pick(sought, position).text) },
        }
      : before.best;
    found.set(position, {
      contaminated: (before?.contaminated ?? 0) + contaminated,
      review: (before?.review ?? 0) + review,
      best,
    });
  }

  return {
    take(file, { line, fields }) {
      rows += 1;
      eachText(fields, (text, field) => {
        texts += 1;
        for (const overlap of index.find(text, SIMILAR)) note(overlap, text, { file, line, field });
      });
    },
    result: (files) => ({
      files: [...files],
      rows,
      texts,
      compared: tally(known),
      matches: [...found]
        .map(([position, { best, contaminated, review }]) => {
          const { entry, kind } = pick(sought, position);
          const { file, line, item } = entry;
          const { match, ...largest } = best;
          return {
            ...{ file, line, id: item.id, text: kind },
            ...largest,
            contaminated,
            review,
            match,
          };
        })
        .sort((a, b) => b.share - a.share || a.file.localeCompare(b.file) || a.line - b.line),
    }),
  };
}

function knownTexts(entry: SetItem): KnownText[] {
  const { question, reference } = entry.item;
  const texts = { question, reference, translation: entry.translation };
  return (['question', 'reference', 'translation'] as const).flatMap((kind) => {
    const text = texts[kind];
    return text === null ? [] : [{ entry, kind, text, short: comparableText(text).length < SHORT }];
  });
}

function tally(known: readonly KnownText[]): Contamination['compared'] {
  return [...Map.groupBy(known, ({ kind }) => kind)].map(([text, of]) => ({
    text,
    n: of.length,
    short: of.filter(({ short }) => short).length,
  }));
}
