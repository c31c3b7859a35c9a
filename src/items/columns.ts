import { nearestName } from '../domain/nearest-name.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What stands under a name in a record; null where the record has no such column. */
export interface FoundValue {
  /** The column or path as the record writes it. */
  readonly column: string;
  readonly value: unknown;
}

/**
 * Finds a column by its name, else by its name in other case or with outer spaces where only one
 * column is meant, else as a dotted path into nested objects and lists (`meta.culture`, `turns.0`,
 * `turns[0]`).
 */
export function findValue(fields: Fields, name: string): FoundValue | null {
  const column = findColumn(fields, name);
  if (column !== null) return { column, value: fields[column] };
  const [first = '', ...steps] = name.replace(/\[(\d+)\]/g, '.$1').split('.');
  const root = steps.length === 0 ? null : findColumn(fields, first);
  if (root === null) return null;
  let value = fields[root];
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return { column: name, value };
}

function findColumn(fields: Fields, name: string): string | null {
  if (Object.hasOwn(fields, name)) return name;
  const plain = plainName(name);
  const [found, ...others] = Object.keys(fields).filter((column) => plainName(column) === plain);
  return found !== undefined && others.length === 0 ? found : null;
}

/** Most names are plain as they are; this is asked for every column that a row lacks. */
const PLAIN = /^[a-z0-9_.]+$/;

function plainName(name: string): string {
  if (PLAIN.test(name)) return name;
  return name.normalize('NFKC').replaceAll('\uFEFF', '').trim().toLowerCase();
}

/** A list of one is its element: data sets write a single answer either way. */
export function soleElement(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const elements: readonly unknown[] = value;
  if (elements.length === 0) return null;
  return elements.length === 1 ? elements[0] : value;
}

/** Other names that data sets give to what a field holds, for a guess. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  question: ['instruction', 'prompt', 'input', 'query', 'en_question', 'prompt_question', 'text'],
  reference: ['answer', 'answers', 'answer key', 'target', 'gold', 'ground_truth', 'output'],
  response: ['output', 'answer', 'completion', 'generation', 'prediction', 'model_output', 'text'],
  item: ['question_id', 'item_id', 'sample_id', 'doc_id', 'qid'],
  culture: ['country', 'region', 'cultural group'],
  language: ['lang', 'language_code'],
  category: ['topic', 'subject', 'culture_type', 'domain'],
  rating: ['score', 'human_score', 'grade'],
};

/** `; did you mean …? the record has the columns …`, to follow a message on a missing column. */
export function columnHint(name: string, fields: Fields): string {
  const columns = Object.keys(fields);
  const synonyms = Object.hasOwn(SYNONYMS, name) ? (SYNONYMS[name] ?? []) : [];
  const synonym = columns.find((column) => synonyms.includes(plainName(column)));
  const nearest = nearestName(name, columns) ?? synonym;
  const guess = nearest === undefined ? '' : `did you mean \`${nearest}\`? `;
  const listed =
    columns.length === 0 ? 'none' : columns.map((column) => `\`${column}\``).join(', ');
  return `; ${guess}the record has the columns ${listed}`;
}
