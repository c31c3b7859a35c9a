import { counted } from '../../../domain/counted.ts';
import { type Block, tableBlock, text } from '../../../render/document.ts';
import { textTable } from '../../../render/text-table.ts';
import { FINDINGS, type Finding, type FindingKind, type Place } from '../schema.ts';

interface FindingText {
  readonly one: string;
  readonly many: string;
  /** What to do about it. */
  readonly advice: string;
}

const TEXTS: Readonly<Record<FindingKind, FindingText>> = {
  'blank-question': {
    one: 'row without a question',
    many: 'rows without a question',
    advice: 'A run refuses the file, or skips them with `skip: [blank-question]`.',
  },
  'blank-reference': {
    one: 'row without a reference',
    many: 'rows without a reference',
    advice: 'A run refuses the file, or skips them with `skip: [blank-reference]`.',
  },
  'exact-duplicate': {
    one: 'question occurring more than once',
    many: 'questions occurring more than once',
    advice:
      'Same but for case, width, punctuation, spaces and vowel signs. Keep one, or give them one `cluster`.',
  },
  'near-duplicate': {
    one: 'near duplicate',
    many: 'near duplicates',
    advice:
      'The shorter question has at least 80 % of its 8-character sequences in the other. Keep one, or give them one `cluster`.',
  },
  similar: {
    one: 'similar pair to review',
    many: 'similar pairs to review',
    advice:
      'From 50 to 80 % of 8-character sequences shared: often one pattern with another subject.',
  },
  leak: {
    one: 'reference contained in its question',
    many: 'references contained in their questions',
    advice: 'An answer that repeats the question would be right.',
  },
  'partial-leak': {
    one: 'reference largely contained in its question',
    many: 'references largely contained in their questions',
    advice:
      'From 50 to 80 % of the reference’s 8-character sequences: often a yes-or-no question, whose answer restates it.',
  },
  language: {
    one: 'text in another language than its item says',
    many: 'texts in another language than their items say',
    advice: 'Correct the text or the item’s language.',
  },
  script: {
    one: 'text without a letter of its language’s script',
    many: 'texts without a letter of their language’s script',
    advice: 'May be a name; look at each.',
  },
  label: {
    one: 'label to check',
    many: 'labels to check',
    advice: 'Labels that differ only in case, space or width are counted apart.',
  },
  'not-nfc': {
    one: 'text not in Unicode’s normal form',
    many: 'texts not in Unicode’s normal form',
    advice: 'Two forms of one letter look the same and compare as different; write NFC throughout.',
  },
  invisible: {
    one: 'text with invisible characters',
    many: 'texts with invisible characters',
    advice: 'A model is sent them too; remove what the text does not need.',
  },
  damaged: {
    one: 'text with a lost character',
    many: 'texts with lost characters',
    advice: 'The text was damaged before it came here; restore it from its source.',
  },
};

/** `3 near duplicates`, a line for each kind found. */
export function findingCounts(findings: readonly Finding[]): string[] {
  return byKind(findings).map(({ kind, found }) =>
    counted(found.length, TEXTS[kind].one, TEXTS[kind].many),
  );
}

/** The places of each kind; beyond `most` they are counted. */
export function findingBlocks(findings: readonly Finding[], most: number): Block[] {
  if (findings.length === 0) return [text('None.')];
  return byKind(findings).flatMap(({ kind, found }) => {
    const { one, many, advice } = TEXTS[kind];
    const more = found.length - most;
    return [
      tableBlock(
        textTable({
          name: `findings-${kind}`,
          title: counted(found.length, one, many),
          labels: 1,
          headings: ['Where', 'Finding'],
          prose: true,
          groups: [{ name: null, rows: found.slice(0, most).map(rowOf) }],
        }),
      ),
      text(...(more > 0 ? [`And ${more} more; --out and --json have all of them.`] : []), advice),
    ];
  });
}

function byKind(findings: readonly Finding[]): { kind: FindingKind; found: Finding[] }[] {
  return FINDINGS.map((kind) => ({
    kind,
    found: findings.filter((finding) => finding.kind === kind),
  })).filter(({ found }) => found.length > 0);
}

function rowOf({ places, detail }: Finding): string[] {
  return [places.map(placeText).join(' and '), detail];
}

function placeText({ file, line, id }: Place): string {
  const place = line === null ? file : `${file}:${line}`;
  return id === null ? place : `${place} (${id})`;
}
