import { createHash } from 'node:crypto';
import { counted } from '../../domain/counted.ts';
import { OperatorError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import { createOverlapIndex } from '../../overlap/overlap-index.ts';
import type { RatedQuestion, RatedQuestions } from './candidates.ts';
import { describeRows } from './card.ts';
import type { Chosen, PairsRequest } from './request.ts';
import { completionRow, jsonLines, pairRow, type TrainingRow } from './rows.ts';
import type { PairsCard } from './schema.ts';
import { selectBest, selectLabelled, selectPairs } from './select.ts';
import { SPLITS, type Split, splitQuestions } from './split.ts';
import { TRAINERS } from './trainers/index.ts';

export interface TrainingFile {
  readonly name: string;
  readonly text: string;
}

export interface TrainingPairs {
  readonly files: readonly TrainingFile[];
  readonly card: PairsCard;
}

/** Shares from which a question counts as one of the test set. */
const SAME = 0.8;

/** Makes training files with their card. Throws OperatorError for what a trainer or the data do not allow. */
export function makeTrainingPairs(source: RatedQuestions, request: PairsRequest): TrainingPairs {
  const { method, trainer } = request;
  if (!TRAINERS[trainer].methods.includes(method))
    throw new OperatorError(
      `${trainer} has no format for ${method}; it takes ${TRAINERS[trainer].methods.join(', ')}.`,
    );
  refuseUnknownCultures(source, request.cultures);
  const wanted = source.questions.filter((question) => isWanted(question, request));
  const questions = withoutTestQuestions(wanted, request.testQuestions);
  const chosen = choose(questions, source, request);
  if (chosen.rows.length === 0) throw new OperatorError(nothingMessage(source, chosen));
  const files = divide(chosen.rows, questions, request);
  const card = describeRows({
    ...{ source, request, chosen },
    files: files.map(({ name, split, rows, text }) => ({
      ...{ name, split, rows },
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
    excluded: wanted.length - questions.length,
    filtered: source.questions.length - wanted.length,
  });
  return { files, card };
}

/** A misspelt culture would otherwise leave its questions out unseen. */
function refuseUnknownCultures({ questions }: RatedQuestions, wanted: readonly string[]): void {
  const known = [...new Set(questions.flatMap(({ culture }) => culture ?? []))];
  const [unknown] = wanted.filter((culture) => !known.includes(culture));
  if (unknown === undefined) return;
  const near = nearestName(unknown, known);
  const guess = near === null ? '' : `did you mean "${near}"? `;
  throw new OperatorError(
    `--culture: no rated question is of "${unknown}"; ${guess}Cultures: ${known.join(', ') || 'none'}`,
  );
}

/** Whichever of the two questions is the longer one, wrapped around the other. */
function withoutTestQuestions(
  questions: readonly RatedQuestion[],
  test: readonly string[],
): RatedQuestion[] {
  const inTest = createOverlapIndex(test);
  const own = createOverlapIndex(questions.map(({ question }) => question));
  const held = new Set(test.flatMap((text) => own.find(text, SAME).map(({ known }) => known)));
  return questions.filter(
    ({ question }, at) => !held.has(at) && inTest.find(question, SAME).length === 0,
  );
}

function isWanted(
  { culture, association }: RatedQuestion,
  request: Pick<PairsRequest, 'cultures' | 'association'>,
): boolean {
  const { cultures, association: wanted } = request;
  if (cultures.length > 0 && (culture === null || !cultures.includes(culture))) return false;
  return wanted === null || association?.toLowerCase().startsWith(wanted) === true;
}

function choose(
  questions: readonly RatedQuestion[],
  source: RatedQuestions,
  request: PairsRequest,
): Chosen {
  const trainer = TRAINERS[request.trainer];
  if (request.method === 'dpo' || request.method === 'simpo') {
    const { rows, ...left } = selectPairs(questions, request);
    const made = rows.map((pair) => pairRow(pair, trainer, source));
    return { pairs: rows, completions: [], rows: made, left };
  }
  const { rows, ...left } =
    request.method === 'kto'
      ? selectLabelled(questions, thresholdsOf(request))
      : selectBest(questions, request);
  const shape = request.method === 'kto' ? trainer.labelled : null;
  const made = rows.map((one) => completionRow(one, shape, { trainer, origin: source }));
  return { pairs: [], completions: rows, rows: made, left };
}

function thresholdsOf(request: PairsRequest) {
  const { desirable, undesirable } = request;
  if (desirable === null || undesirable === null)
    throw new OperatorError(
      'kto needs --desirable and --undesirable, for example --desirable 8 --undesirable 4; ratings between them are left out.',
    );
  if (undesirable >= desirable)
    throw new OperatorError('--undesirable must be less than --desirable.');
  return { ...request, desirable, undesirable };
}

function nothingMessage({ questions, excluded }: RatedQuestions, { left }: Chosen): string {
  const unused = Object.entries(excluded).map(([reason, count]) => `${count} ${reason}`);
  return [
    `no rows: of ${counted(questions.length, 'question')} with rated answers ${left.single} have too few and ${left.none} none that fit the rule and its limits.`,
    ...(questions.length === 0 ? [`Answers that were not used: ${unused.join(', ')}.`] : []),
  ].join(' ');
}

interface Part extends TrainingFile {
  readonly split: Split | null;
  readonly rows: number;
}

/** One file, or one for each split that has rows. */
function divide(
  rows: readonly TrainingRow[],
  questions: readonly RatedQuestion[],
  { split, seed, file }: PairsRequest,
): Part[] {
  if (split === null)
    return [{ name: file, split: null, rows: rows.length, text: jsonLines(rows, null) }];
  const splits = splitQuestions(questions, split, seed);
  return SPLITS.flatMap((name) => {
    const own = rows.filter(({ question }) => splits.get(question.key) === name);
    if (own.length === 0) return [];
    const named = file.replace(/\.jsonl$/, `.${name}.jsonl`);
    return [{ name: named, split: name, rows: own.length, text: jsonLines(own, name) }];
  });
}
