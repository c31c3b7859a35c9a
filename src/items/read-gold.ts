import type { ItemSource } from '../domain/item-source.ts';
import { LABEL_SETS } from '../domain/label-sets.ts';
import type { GoldForm } from '../domain/task-settings.ts';
import type { Row } from '../ports/rows.ts';
import { findValue, soleElement } from './columns.ts';
import { asText, type FieldProblem, missingHint } from './field-text.ts';
import { nestedValue } from './nested-value.ts';
import type { OfferedOptions } from './read-options.ts';

interface Offer {
  readonly offered: OfferedOptions;
  readonly problems: FieldProblem[];
}

/** Position of the right option from 0; null with a problem. */
export function readGold(
  source: ItemSource,
  row: Row,
  { offered, problems }: Offer,
): number | null {
  const column = source.fields?.gold ?? 'gold';
  const found = findValue(row.fields, column);
  const report = (message: string, hint = '') => {
    problems.push({ path: found?.column ?? column, message, ...(hint !== '' && { hint }) });
    return null;
  };
  if (found === null)
    return report(
      'there is no such column; name the column of the right option with `fields: { gold: COLUMN }`',
      missingHint(source, column, row),
    );
  const value = soleElement(nestedValue(found.value));
  if (Array.isArray(value)) return report(`expected one right option, found ${value.length}`);
  if (typeof value === 'boolean') return report('expected the right option, found a boolean');
  const read = asText(value, { column: found.column, field: 'gold option' });
  if ('problem' in read) return report(read.problem.message);
  if (read.text === null) return report('the right option is blank or null');
  const form = source.gold;
  if (form === undefined)
    throw new Error('a source of choices says how it writes the right option');
  const place = READERS[form](read.text.trim(), offered);
  if (typeof place === 'string') return report(place, `; found ${JSON.stringify(read.text)}`);
  if (place >= 0 && place < offered.options.length) return place;
  return report(
    'the right option is outside the options',
    `: found ${JSON.stringify(read.text)} with ${offered.options.length} options (\`gold: ${form}\`)`,
  );
}

/** A position, or what is wrong with the text. */
type GoldReader = (text: string, offered: OfferedOptions) => number | string;

const READERS = {
  index0: (text) => position(text, 0),
  index1: (text) => position(text, 1),
  letter: (text, { keys }) => letterPlace(text, keys),
  text: (text, { options }) => textPlace(text, options),
} as const satisfies Record<GoldForm, GoldReader>;

/** Tables write whole numbers with a point where a column once held an empty cell. */
const WHOLE = /^(\d+)(?:\.0+)?$/;

function position(text: string, first: 0 | 1): number | string {
  const digits = WHOLE.exec(text)?.[1];
  if (digits === undefined)
    return `expected a position counted from ${first}; \`gold: letter\` and \`gold: text\` read letters and texts`;
  return Number(digits) - first;
}

function letterPlace(text: string, keys: readonly string[] | null): number | string {
  const plain = folded(text);
  const named = keys?.map(folded).indexOf(plain) ?? -1;
  if (named >= 0) return named;
  const places = Object.values(LABEL_SETS).map((labels) =>
    labels.findIndex((label) => folded(label) === plain),
  );
  const found = Math.max(...places);
  if (WHOLE.test(text) || found < 0)
    return 'expected the letter of an option; where the file counts, say `gold: index0` (from 0) or `gold: index1` (from 1)';
  return found;
}

/** Width, case, brackets, the Arabic tatweel and the hamza on alif do not make another letter. */
function folded(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/[\s().\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .toUpperCase();
}

function textPlace(text: string, options: readonly string[]): number | string {
  const plain = (one: string) => one.normalize('NFC').trim();
  const place = options.findIndex((option) => plain(option) === plain(text));
  return place >= 0 ? place : 'the right option’s text is none of the options';
}
