import { openRunStore } from '../adapters/sqlite/write/run-store.ts';
import type { AnswerFormatName } from '../domain/answer-formats.ts';
import { InputError, type InputProblem, OperatorError } from '../domain/errors.ts';
import { modelLabel } from '../domain/model-label.ts';
import { labelAnswerLanguages } from '../language/answer-languages.ts';
import type { PendingUnit, RunStore } from '../ports/run-store.ts';
import { prepareRun } from '../prepare/prepare.ts';
import type { RecordedAnswers, RunProgram } from '../prepare/program.ts';
import { readAnswers } from '../prepare/recorded-answers.ts';
import { isSuspect } from '../scorers/judge/suspect.ts';
import { storePlan } from './plan.ts';
import { scoreStoredAnswers } from './score-by-rules.ts';

export interface ImportOptions {
  readonly config: string;
  readonly answers: string;
  readonly db: string;
  readonly model: string;
  readonly variant?: string;
  readonly style?: string;
  readonly format?: AnswerFormatName;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ImportResult {
  readonly runId: string;
  readonly imported: number;
  /** Rows that met no open call. */
  readonly unused: number;
  /** Calls of the model that are still open. */
  readonly open: number;
}

const PAGE = 500;

/** Fills a run's planned answers of one model and style from a file. Throws InputError, OperatorError. */
export async function importAnswers(options: ImportOptions): Promise<ImportResult> {
  const prepared = await prepareRun(options.config, { environment: options.environment });
  const { program } = prepared;
  const [models, style] = [findModels(program, options), findStyle(program, options)];
  const problems: InputProblem[] = [];
  const { answers, rows } = await readAnswers(
    { file: options.answers, format: options.format },
    problems,
  );
  if (problems.length > 0) throw new InputError(problems);
  const store = openRunStore(options.db);
  try {
    const { id, planned } = store.openRun(program.definition);
    if (!planned) await storePlan(prepared, store, id, () => undefined);
    const filled = await fill(store, id, { models, style, answers, file: options.answers });
    await scoreStoredAnswers(program, store, id);
    await labelAnswerLanguages(store, id);
    return { runId: id, ...filled, unused: rows - filled.imported };
  } finally {
    store.close();
  }
}

/** Several where checkpoints of one name are made for one culture each. */
function findModels(
  program: RunProgram,
  { model, variant = null }: { readonly model: string; readonly variant?: string | null },
): number[] {
  const positions = program.models.flatMap(({ spec }, position) =>
    spec.name === model && spec.variant === variant ? position : [],
  );
  if (positions.length > 0) return positions;
  const known = program.models.map(({ spec }) => modelLabel(spec)).join(', ');
  throw new OperatorError(
    `--model: the config has no ${modelLabel({ name: model, variant })}; it has: ${known}`,
  );
}

function findStyle(program: RunProgram, { style }: ImportOptions): number {
  const names = program.definition.styles.map(({ name }) => name);
  const position = style === undefined && names.length === 1 ? 0 : names.indexOf(style ?? '');
  if (position >= 0) return position;
  const what =
    style === undefined
      ? 'say which prompting style the answers were made with'
      : `the config has no style "${style}"`;
  throw new OperatorError(`--style: ${what}; it has: ${names.join(', ')}`);
}

interface Filling {
  readonly models: readonly number[];
  readonly style: number;
  readonly answers: RecordedAnswers;
  readonly file: string;
}

async function fill(store: RunStore, runId: string, { models, style, answers, file }: Filling) {
  let imported = 0;
  let open = 0;
  for (const unit of openUnits(store, runId, models)) {
    if (unit.style !== style) continue;
    const text = answers(unit.item)[unit.trial];
    if (text === undefined) {
      open += 1;
      continue;
    }
    await saveText(store, unit, text, file);
    imported += 1;
  }
  return { imported, open };
}

/** Planned answers of a model's entries that are not there yet. */
function* openUnits(
  store: RunStore,
  runId: string,
  models: readonly number[],
): Generator<PendingUnit> {
  for (const model of models) {
    for (let after = -1, full = true; full; ) {
      const page = store.pendingUnits(runId, { model, after, limit: PAGE, retryMissing: false });
      yield* page.filter(({ answer }) => answer === null);
      after = page.at(-1)?.position ?? after;
      full = page.length === PAGE;
    }
  }
}

function saveText(store: RunStore, unit: PendingUnit, text: string, file: string): Promise<void> {
  return store.saveResponse(
    unit.responseId,
    text.trim() === ''
      ? { status: 'empty', reasoning: null, cause: 'no-text' }
      : { status: 'completed', text, reasoning: null },
    {
      servedModel: null,
      systemFingerprint: null,
      finishReason: null,
      usage: null,
      attempts: 0,
      latencyMs: 0,
      endedAt: Date.now(),
      notes: [`imported from ${file}`],
      suspect: isSuspect(text),
    },
  );
}
