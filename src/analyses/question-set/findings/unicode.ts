import { excerpt } from '../excerpt.ts';
import type { Finding } from '../schema.ts';
import { placeOf, type SetItem } from '../set-item.ts';

/** Zero-width characters but the joiners, which Persian, Indic scripts and emoji need; marks of direction; a BOM. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const REPLACEMENT = /\ufffd/u;

/** Characters that a reader cannot see and a comparison can: two forms of one letter, marks, damage. */
export function findUnicodeFaults(entry: SetItem): Finding[] {
  return (['question', 'reference'] as const).flatMap((text) => {
    const written = entry.item[text];
    const finding = (kind: Finding['kind'], detail: string): Finding[] => [
      { kind, places: [placeOf(entry)], share: null, detail: `${text}: ${detail}` },
    ];
    const invisible = new Set(written.match(INVISIBLE));
    return [
      ...(written === written.normalize('NFC')
        ? []
        : finding('not-nfc', `not in the normal form NFC: ${excerpt(written)}`)),
      ...(invisible.size === 0
        ? []
        : finding('invisible', [...invisible].map(codePoint).join(', '))),
      ...(REPLACEMENT.test(written)
        ? finding('damaged', `U+FFFD, a character that was lost: ${excerpt(written)}`)
        : []),
    ];
  });
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
