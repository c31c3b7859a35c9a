import { createHash } from 'node:crypto';
import { readText } from '../../adapters/files/read-text.ts';
import { packageFile } from '../../adapters/system/package-file.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import { at } from '../../domain/json-path.ts';
import type { ModelSpec } from '../../domain/model-spec.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type { RunArchive, StoredRun } from '../../ports/run-archive.ts';
import { toReleased } from '../../prompts/released-template.ts';
import { VERDICT_PARSER_VERSION } from '../../scorers/judge/verdict.ts';
import { resolveRuns } from '../../series/names/resolve-run.ts';
import { simulationNotice } from '../../series/names/simulation.ts';
import { componentsOf, gatherRepeats } from '../../series/scores/repeats.ts';
import { seriesOfRun } from '../../series/scores/scored-series.ts';
import { designOf } from '../../stats/variance/allocation.ts';
import { type PaperFigures, type PaperTable, paperFiguresSchema } from './paper-figures.ts';
import { paperCulture, type RowAssignment, rowLabel } from './paper-rows.ts';
import {
  checkSettings,
  type OwnPrompt,
  type OwnSettings,
  sameQuestions,
} from './paper-settings.ts';
import type { RerunVariance, VerdictRule } from './printed-difference.ts';
import { ownRows, type ReproducingSeries, reproduceRows } from './reproduce.ts';
import type { ReproducedRow, Reproduction } from './schema.ts';

/** Ships with the program. */
const FIGURES = packageFile('configs/paper/figures.json');

export interface ReproduceRequest {
  /** `table3` … `figure6`. */
  readonly table: string;
  /** Run ids or their beginnings; empty takes the newest. */
  readonly runs: readonly string[];
  readonly assignments: readonly RowAssignment[];
  /** A judge's name; null takes the first of the newest run named. */
  readonly judge: string | null;
  readonly rule: VerdictRule;
}

/** What the paper prints. */
export function readPaperFigures(): PaperFigures {
  return paperFiguresSchema.parse(JSON.parse(readText(FIGURES)));
}

/** Puts runs of a store beside a result of the paper. Throws OperatorError for what does not fit. */
export function reproduceInStore(archive: RunArchive, request: ReproduceRequest): Reproduction {
  const runs = resolveRuns(archive, request.runs).map((id) => loadRun(archive, id));
  return reproduce(readPaperFigures(), runs, request);
}

/** A run as far as reproducing needs it. */
export interface RunAtHand {
  readonly stored: StoredRun;
  readonly series: readonly ReproducingSeries[];
  /** SHA-256 of each question with its reference, by culture in the paper's words. */
  readonly questions: ReadonlyMap<string, readonly string[]>;
}

export function loadRun(archive: RunArchive, id: string): RunAtHand {
  const stored = archive.loadRun(id);
  const { definition } = stored;
  const items = [...archive.itemLabels(id)];
  const series = seriesOfRun({ definition, items, scores: archive.questionScores(id) });
  const repeated = series.some(({ rows }) => rows.some(({ planned }) => planned > 1));
  const repeatsOf = repeated ? gatherRepeats(archive.trialRatings(id)) : () => null;
  const questions = new Map<string, string[]>();
  for (const { position, culture } of items) {
    const { question, reference } = archive.item(id, position);
    const sums = questions.get(paperCulture(culture)) ?? [];
    questions.set(paperCulture(culture), sums);
    sums.push(sha256(JSON.stringify([question, reference])));
  }
  return {
    stored,
    questions,
    series: series.map((entry) => {
      const repeats = repeatsOf(entry.position);
      return { ...entry, run: id, reruns: repeats && rerunsOf(repeats) };
    }),
  };
}

/** One answer judged once is what the paper printed; ours is a mean over answers and judgings. */
function rerunsOf(repeats: Parameters<typeof componentsOf>[0]): RerunVariance | null {
  const components = componentsOf(repeats);
  const design = components && designOf(components);
  if (!components || !design) return null;
  const { answer, judging, answers, judgings } = design;
  return {
    printed: answer + judging,
    ours: answer / answers + judging / (answers * judgings),
    df: components.questions * (answers - 1),
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Hash of a set of questions whatever their order, from the hashes of each. */
function questionsSum(sums: readonly string[]): string {
  return sha256([...sums].sort().join('\n'));
}

/** The same for runs already read. */
function reproduce(
  figures: PaperFigures,
  runs: readonly RunAtHand[],
  { table: id, ...request }: Omit<ReproduceRequest, 'runs'>,
): Reproduction {
  const table = tableOf(figures, id);
  const judge = request.judge ?? runs[0]?.stored.definition.judges[0]?.spec.name ?? '';
  const series = runs.flatMap((run) => run.series.filter(({ names }) => names.judge === judge));
  if (series.length === 0) throw new OperatorError(noJudge(judge, runs));
  const questions = questionsOf(runs);
  const { rows, used } = reproduceRows(table, series, {
    ...request,
    sameQuestions: sameQuestions(figures.settings, questions),
  });
  const simulated = simulationNotice(runs.map(({ stored }) => stored));
  const models = used.size > 0 ? [...used] : series;
  const settings = settingsOf(runs, { judge, models, questions, simulated });
  return {
    version: 1,
    table: {
      id: table.id,
      label: table.label,
      title: table.title,
      kind: table.kind,
      decimals: table.decimals,
      columns: table.columns,
    },
    source: figures.source,
    runs: runs.map(({ stored }) => stored.definition.id),
    judge,
    simulated,
    rule: request.rule,
    settings: checkSettings(figures.settings, table, settings),
    rows,
    remarks: table.rows.flatMap((row) =>
      row.remark === undefined ? [] : [`${rowLabel(table, row)}: ${row.remark}`],
    ),
    others: ownRows(
      series.filter((entry) => !used.has(entry)),
      rows.length > 0 ? [] : table.columns,
    ),
    given: table.given,
    counts: countVerdicts(rows),
  };
}

/** `Table 3` is `table3`. */
export const resultId = (text: string) => text.toLowerCase().replace(/\s+/g, '');

/** A result that is only drawn has the columns of Table 3 and no rows. */
function tableOf({ tables, figures, accuracyTables }: PaperFigures, id: string): PaperTable {
  const word = resultId(id);
  const printed = tables.find((table) => table.id === word);
  if (printed) return printed;
  const drawn = figures.find((figure) => figure.id === word);
  const [first] = tables;
  if (drawn && first) return { ...first, ...drawn, rows: [], given: [] };
  const known = [...tables, ...accuracyTables, ...figures].map((entry) => entry.id);
  const near = nearestName(word, known);
  throw new OperatorError(
    `the paper has no result "${id}" that could be reproduced; ${near === null ? `there are: ${known.join(', ')}` : `did you mean ${near}?`} \`care-judge reproduce --list\` shows them.`,
  );
}

function noJudge(judge: string, runs: readonly RunAtHand[]): string {
  const names = runs.flatMap(({ stored }) => stored.definition.judges.map(({ spec }) => spec.name));
  return `--judge: no run has ratings of "${judge}"; there are: ${[...new Set(names)].join(', ') || 'none'}`;
}

/** Questions that several runs share count once. */
function questionsOf(runs: readonly RunAtHand[]): OwnSettings['questions'] {
  const all = new Map<string, Set<string>>();
  for (const { questions } of runs) {
    for (const [culture, sums] of questions) {
      const known = all.get(culture) ?? new Set();
      all.set(culture, known);
      for (const sum of sums) known.add(sum);
    }
  }
  return new Map(
    [...all].map(([culture, sums]) => [culture, { n: sums.size, sha256: questionsSum([...sums]) }]),
  );
}

interface Chosen {
  readonly judge: string;
  readonly models: readonly ReproducingSeries[];
  readonly questions: OwnSettings['questions'];
  readonly simulated: string | null;
}

function settingsOf(
  runs: readonly RunAtHand[],
  { judge, models, questions, simulated }: Chosen,
): OwnSettings {
  const definitions = runs.map(({ stored }) => stored.definition);
  const judges = definitions.flatMap((definition) => definition.judges.map(({ spec }) => spec));
  const spec = judges.find(({ name }) => name === judge);
  if (!spec) throw new Error(`no judge ${judge}`);
  // Checkpoints made for one culture each are one series.
  const specs = models.flatMap(({ run, names }): ModelSpec[] => {
    const definition = definitions.find(({ id }) => id === run);
    return (definition?.models ?? [])
      .map((model) => model.spec)
      .filter(({ name, variant }) => name === names.model && variant === names.variant);
  });
  return {
    judge: spec,
    judgeServed: runs.flatMap(({ stored }) =>
      stored.served.flatMap(({ role, label, servedModel }) =>
        role === 'judge' && label === judge && servedModel !== null ? [servedModel] : [],
      ),
    ),
    simulated,
    models: specs,
    rubrics: definitions.flatMap(({ rubrics }) =>
      Object.entries(rubrics).map(([category, { name, source }]) => ({
        category,
        name,
        releasedSum: sha256(toReleased(source)),
      })),
    ),
    styles: promptsOf(definitions),
    questions,
    trials: trialsOf(definitions[0]?.provenance),
    parserVersion: VERDICT_PARSER_VERSION,
  };
}

/** One of each, where several runs have the same. */
function promptsOf(definitions: readonly RunDefinition[]): OwnPrompt[] {
  const prompts = definitions.flatMap(({ styles }) =>
    styles.map(({ name, system, user }) => ({
      name,
      system: system?.source.trim() ?? null,
      user: user?.source.trim() ?? null,
      wordsSum: user && sha256(user.source.trim().replace(/\s+/g, ' ')),
    })),
  );
  return [...new Map(prompts.map((prompt) => [JSON.stringify(prompt), prompt])).values()];
}

/** What the config leaves out is one of each. */
function trialsOf(provenance: Json | undefined): OwnSettings['trials'] {
  const trials = at(at(provenance, 'config'), 'trials');
  const count = (key: string) => {
    const value = at(trials, key);
    return typeof value === 'number' ? value : 1;
  };
  return { responses: count('responses'), judgments: count('judgments') };
}

function countVerdicts(rows: readonly ReproducedRow[]): Reproduction['counts'] {
  const cells = rows.flatMap((row) => row.cells);
  const count = (verdict: string | null) => cells.filter((cell) => cell.verdict === verdict).length;
  return {
    consistent: count('consistent'),
    differs: count('differs'),
    'cannot tell': count('cannot tell'),
    'not compared': count(null),
  };
}
