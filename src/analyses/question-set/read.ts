import { extname } from 'node:path';
import type { z } from 'zod';
import { matchFiles } from '../../adapters/files/match-files.ts';
import { readRows } from '../../adapters/files/read/read-rows.ts';
import { fileExists, readText } from '../../adapters/files/read-text.ts';
import { InputError, type InputProblem, OperatorError } from '../../domain/errors.ts';
import { type Item, itemKey } from '../../domain/item.ts';
import { type ItemSelection, itemSelectionSchema } from '../../domain/item-selection.ts';
import { type ItemSource, itemSourceSchema } from '../../domain/item-source.ts';
import { createDraw, type Draw } from '../../items/draw.ts';
import { createItemRegister } from '../../items/item-register.ts';
import { createLabelWatch } from '../../items/labels.ts';
import { besideText, type SkippedFault } from '../../items/map-rows.ts';
import { createProblemList } from '../../items/problem-list.ts';
import { checkedItems } from '../../items/source-rows.ts';
import type { Row } from '../../ports/rows.ts';
import { itemSources } from '../../prepare/item-sources.ts';
import { type ConfigAtHand, readConfig } from '../../prepare/read-config.ts';
import { excerpt } from './excerpt.ts';
import type { Finding } from './schema.ts';
import { placeOf, type SetItem } from './set-item.ts';

export interface QuestionSetRequest {
  /** Configs (.yaml, .yml, or .json with an object) and files of questions, patterns included. */
  readonly inputs: readonly string[];
  /** How the columns of files are mapped, as under `items` in a config; configs have their own. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly set?: Readonly<Record<string, string>> | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Everything that was read of a question set. Its texts are held: a set of questions fits in memory. */
export interface QuestionSetEvidence {
  readonly files: readonly string[];
  /** The selected questions, each once. */
  readonly items: readonly SetItem[];
  /** Different questions before selection. */
  readonly available: number;
  readonly repeatedRows: number;
  /** Found while reading: rows without a question or a reference, and items of two files. */
  readonly found: readonly Finding[];
  /** Labels that look like one. */
  readonly labels: readonly InputProblem[];
}

/** Reads configs and files of questions. Throws InputError with every problem at once. */
export async function readQuestionSet(request: QuestionSetRequest): Promise<QuestionSetEvidence> {
  const problems: InputProblem[] = [];
  const parts = request.inputs.map((input) => partOf(input, request, problems));
  if (problems.length > 0) throw new InputError(problems);
  const sources = parts.flatMap((part) => part.sources);
  const reading = createReading();
  for (const { sources: own, selection } of parts) await reading.read(own, selection);
  reading.throwProblems();
  const { items, available, repeatedRows, found } = reading;
  if (items.length === 0) throw new OperatorError('there are no questions in what was named.');
  const watch = createLabelWatch();
  for (const { item, file, line } of items) watch.note(item, { file, line });
  return {
    files: [...new Set(sources.map(({ file }) => file))],
    items,
    available: available(),
    repeatedRows: repeatedRows(),
    found,
    labels: watch.warnings(),
  };
}

interface Part {
  readonly sources: readonly ItemSource[];
  readonly selection: ItemSelection;
}

const WHOLE = itemSelectionSchema.parse({});

function partOf(input: string, request: QuestionSetRequest, problems: InputProblem[]): Part {
  if (isConfig(input)) return configPart(input, request, problems);
  const files = matchFiles(input);
  if (files.length === 0) problems.push({ file: input, message: 'there is no such file' });
  const { fields = {}, set = {} } = request;
  const parsed = itemSourceSchema.safeParse({ file: input, fields, set });
  if (parsed.success)
    return { sources: files.map((file) => ({ ...parsed.data, file })), selection: WHOLE };
  problems.push(...parsed.error.issues.flatMap((issue) => mappingProblems(input, issue)));
  return { sources: [], selection: WHOLE };
}

function mappingProblems(file: string, issue: z.core.$ZodIssue): InputProblem[] {
  const flag = `--${String(issue.path[0])}`;
  if (issue.code !== 'unrecognized_keys')
    return [{ file, path: [flag, ...issue.path.slice(1)].join(' '), message: issue.message }];
  const known = Object.keys(
    itemSourceSchema.shape[flag === '--set' ? 'set' : 'fields'].unwrap().shape,
  );
  return issue.keys.map((key) => ({
    file,
    path: flag,
    message: `there is no field "${key}"; fields are ${known.join(', ')}`,
  }));
}

/** A .json file of questions holds a list; one with an object is a config. */
function isConfig(input: string): boolean {
  const ending = extname(input).toLowerCase();
  if (ending === '.yaml' || ending === '.yml') return true;
  return ending === '.json' && fileExists(input) && /^\s*\{/.test(readText(input));
}

/** What is wrong with models or judges is no matter here. */
function configPart(
  input: string,
  { environment }: QuestionSetRequest,
  problems: InputProblem[],
): Part {
  const hand = configAt(input, environment, problems);
  if (hand === null) return { sources: [], selection: WHOLE };
  const own = hand.problems.filter(({ path = '' }) => /^(?:items|select|version)\b/.test(path));
  problems.push(...own);
  return { sources: itemSources(hand, problems), selection: hand.loaded.config.select };
}

/** null, with its problems noted, for a config that cannot be understood at all. */
function configAt(
  input: string,
  environment: QuestionSetRequest['environment'],
  problems: InputProblem[],
): ConfigAtHand | null {
  try {
    return readConfig(input, { environment });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

/** Reads part after part into one set, in which a question is counted once. */
function createReading() {
  const problems = createProblemList();
  // Rows that repeat an item are counted, or are findings.
  const unheeded = createProblemList();
  const register = createItemRegister(problems, unheeded);
  const known = new Map<string, SetItem>();
  const items: SetItem[] = [];
  const found: Finding[] = [];
  let repeated = 0;
  let position = 0;

  /** The same row in the same file is a list of answers; in another file it is a finding. */
  function noteTwin(first: SetItem, twin: SetItem): void {
    repeated += 1;
    if (first.file === twin.file) return;
    found.push({
      kind: 'exact-duplicate',
      places: [first, twin].map(placeOf),
      share: 1,
      detail: `same in every field: ${excerpt(first.item.question)}`,
    });
  }

  function noteBlank(file: string, line: number, kind: SkippedFault): void {
    const missing = kind === 'blank-question' ? 'question' : 'reference';
    const detail = `no ${missing}; not counted below`;
    found.push({ kind, places: [{ file, line, id: null }], share: null, detail });
  }

  async function readSource(source: ItemSource, draw: Draw): Promise<void> {
    const { file } = source;
    const skipping: ItemSource = { ...source, skip: ['blank-question', 'blank-reference'] };
    const skipped = ({ line }: Row, kind: SkippedFault) => noteBlank(file, line, kind);
    const lists = { problems, warnings: unheeded, skipped };
    for await (const { item, row } of checkedItems(skipping, readRows, lists)) {
      const key = itemKey(item);
      const entry = entryOf(source, item, row);
      const first = known.get(key);
      if (first !== undefined) {
        noteTwin(first, entry);
        continue;
      }
      if (!register.admit(item, key, { file, line: row.line, source: position })) continue;
      known.set(key, entry);
      draw.offer(item, key, register.size());
    }
    position += 1;
  }

  async function read(sources: readonly ItemSource[], selection: ItemSelection): Promise<void> {
    const draw = createDraw(selection);
    for (const source of sources) await readSource(source, draw);
    items.push(...draw.drawn().flatMap(({ key }) => known.get(key) ?? []));
  }

  return {
    read,
    items,
    found,
    available: () => register.size(),
    repeatedRows: () => repeated,
    throwProblems() {
      if (!problems.isEmpty()) throw new InputError(problems.listed());
    },
  };
}

function entryOf(source: ItemSource, item: Item, row: Row): SetItem {
  return {
    ...{ item, file: source.file, line: row.line },
    source: besideText(source, row, 'source'),
    translation: besideText(source, row, 'translation'),
  };
}
