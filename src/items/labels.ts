import type { InputProblem } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import { languageAdvice } from './language-tags.ts';

const FIELDS = ['culture', 'language', 'category', 'scope', 'association'] as const;
type LabelField = (typeof FIELDS)[number];

interface Place {
  readonly file: string;
  readonly line: number;
}

interface Use extends Place {
  count: number;
}

/** Remembers where each label was first used, to warn of labels that are likely meant as one. */
export interface LabelWatch {
  note(item: Item, place: Place): void;
  warnings(): InputProblem[];
}

export function createLabelWatch(): LabelWatch {
  const labels = new Map(FIELDS.map((field) => [field, new Map<string, Use>()]));
  return {
    note(item, place) {
      for (const [field, uses] of labels) {
        const label = item[field];
        if (label === null) continue;
        const use = uses.get(label);
        if (use === undefined) uses.set(label, { ...place, count: 1 });
        else use.count += 1;
      }
    },
    warnings: () =>
      [...labels].flatMap(([field, uses]) => [
        ...lookalikes(field, uses),
        ...(field === 'culture' ? closeNames(uses) : []),
        ...(field === 'language' ? strangeLanguages(uses) : []),
      ]),
  };
}

/** Outer and doubled spaces, full width, invisible characters and case do not make another label. */
function folded(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function lookalikes(field: LabelField, uses: ReadonlyMap<string, Use>): InputProblem[] {
  const groups = Map.groupBy(uses.keys(), folded);
  return [...groups.values()].flatMap((labels) => {
    const [usual = '', ...others] = labels.toSorted((a, b) => countOf(uses, b) - countOf(uses, a));
    return others.map((label) => ({
      ...placeOf(uses, label),
      path: field,
      message: `${shown(label)} (${countOf(uses, label)}) and ${shown(usual)} (${countOf(uses, usual)}) are different ${field} labels that look alike, and are counted apart; write one of them, or set it with \`set: { ${field}: … }\``,
    }));
  });
}

function countOf(uses: ReadonlyMap<string, Use>, label: string): number {
  return uses.get(label)?.count ?? 0;
}

function placeOf(uses: ReadonlyMap<string, Use>, label: string): Place {
  const { file, line } = uses.get(label) ?? { file: '', line: 1 };
  return { file, line };
}

/** In quotes, what cannot be seen as its code point. */
function shown(label: string): string {
  return JSON.stringify(label).replace(
    /[\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Beyond so many labels they are names of groups that nobody has normalised. */
const MOST_COMPARED = 300;
const MOST_PAIRS = 5;

function closeNames(uses: ReadonlyMap<string, Use>): InputProblem[] {
  const labels = [...new Map([...uses.keys()].map((label) => [folded(label), label])).values()];
  if (labels.length > MOST_COMPARED) return [];
  const pairs = labels.flatMap((label, index) =>
    labels.slice(0, index).flatMap((other) => (areClose(label, other) ? [{ label, other }] : [])),
  );
  const [first] = pairs;
  if (first === undefined) return [];
  const listed = pairs
    .slice(0, MOST_PAIRS)
    .map(({ label, other }) => `${shown(other)} and ${shown(label)}`);
  const more = pairs.length > MOST_PAIRS ? ` and ${pairs.length - MOST_PAIRS} more` : '';
  const message = `close names that are counted as different cultures: ${listed.join(', ')}${more}; if they mean one, write one of them`;
  return [{ ...placeOf(uses, first.label), path: 'culture', message }];
}

/** Endings by which a country and its people's name differ: China and Chinese, Egypt and Egyptian. */
const ENDINGS = new Set([
  ...[
    '',
    'a',
    'an',
    'an',
    'ans',
    'ese',
    'i',
    'ia',
    'ian',
    'ic',
    'is',
    'ish',
    'n',
    'o',
    'p',
    's',
    'y',
  ],
]);
const SHORTEST_STEM = 4;

function areClose(one: string, other: string): boolean {
  const [few, many] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.length - b.length);
  return (few ?? []).every((word) => (many ?? []).some((known) => sameStem(word, known)));
}

function wordsOf(label: string): string[] {
  return folded(label)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
}

function sameStem(one: string, other: string): boolean {
  if (one === other) return true;
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  const rests = [one.slice(common), other.slice(common)];
  // Korea and Korean, and also Chinese and Chinees.
  if (common >= SHORTEST_STEM && rests.every((rest) => ENDINGS.has(rest))) return true;
  return one.length === other.length && one.length > 5 && isOneSlip(one, other);
}

/** One letter changed, or two neighbours swapped. */
function isOneSlip(one: string, other: string): boolean {
  const differing = [...one].flatMap((_letter, at) => (one[at] === other[at] ? [] : at));
  const [first = 0, second = 0] = differing;
  if (differing.length === 1) return true;
  return differing.length === 2 && one[first] === other[second] && one[second] === other[first];
}

function strangeLanguages(uses: ReadonlyMap<string, Use>): InputProblem[] {
  return [...uses.keys()].flatMap((language) => {
    const advice = languageAdvice(language);
    if (advice === null) return [];
    return [
      { ...placeOf(uses, language), path: 'language', message: `${shown(language)} ${advice}` },
    ];
  });
}
