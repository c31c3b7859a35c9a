import { OperatorError } from '../../domain/errors.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { prepareRun } from '../../prepare/prepare.ts';
import { dryRun } from '../../run/dry-run.ts';
import type { DesignQuestion } from '../../series/contrasts/strata.ts';
import { type RunSelector, resolveRun } from '../../series/names/resolve-run.ts';
import { seatJuries } from '../../series/scores/jury-ratings.ts';
import { componentsOf, gatherRepeats } from '../../series/scores/repeats.ts';
import { seriesOfRun } from '../../series/scores/scored-series.ts';
import type { Costs } from '../../stats/variance/allocation.ts';
import { summarizeJuries } from '../jury/jury.ts';
import type { JurySummary } from '../jury/schema.ts';
import { nextSpending, planRows } from './design.ts';
import {
  ASSUMED_SD,
  assumedDifference,
  averageVariances,
  type Noise,
  pilotNoise,
  type Variances,
} from './pilot-noise.ts';
import type { PlanAtHand } from './present.ts';

export interface PlanRequest {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The design to come; left out: that of the pilot run. */
  readonly config?: string | undefined;
  /** A stored run to take the spread from; null for none. */
  readonly pilot: { readonly archive: RunArchive; readonly run: RunSelector } | null;
  /** Assumed in place of what a pilot says. */
  readonly sd?: number | undefined;
  readonly sdDifference?: number | undefined;
  readonly variances?: Variances | undefined;
  readonly costs?: Costs | undefined;
  readonly difference: number;
}

export interface DesignPlan extends PlanAtHand {
  readonly version: 1;
  /** What the pilot's juries say about more judges. */
  readonly juries: readonly JurySummary[];
}

/** A new question costs its calls only, and an answer what a judging costs. */
const UNIT_COSTS: Costs = { question: 0, answer: 1, judging: 1 };

interface Pilot {
  readonly questions: readonly DesignQuestion[];
  readonly sd: number | null;
  readonly sdDifference: number | null;
  readonly variances: Variances | null;
  readonly answers: number;
  readonly judgings: number;
  readonly run: string;
  readonly juries: readonly JurySummary[];
}

interface DesignToCome {
  readonly questions: readonly DesignQuestion[];
  readonly answers: number;
  readonly judgings: number;
}

/** What a design can detect, and what to spend more on. Throws OperatorError and InputError. */
export async function planDesign(request: PlanRequest): Promise<DesignPlan> {
  const pilot = request.pilot && readPilot(request.pilot);
  const design = request.config === undefined ? pilot : await readDesign(request.config, request);
  if (design === null)
    throw new OperatorError(
      'plan needs a config for the design to come, or --run RUN for a pilot (or both).',
    );
  const { questions, answers, judgings } = design;
  const { noise, source } = chooseNoise(request, pilot, design);
  const { costs, costSource } = await chooseCosts(request);
  const { difference } = request;
  return {
    version: 1,
    ...{ questions: questions.length, answers, judgings, noise, source, difference },
    ...planRows({ questions, noise, answers, judgings, difference }),
    costs,
    costSource,
    juries: pilot?.juries ?? [],
    next: noise.variances && nextSpending({ ...noise.variances, answers, judgings }, costs),
  };
}

async function readDesign(config: string, { environment }: PlanRequest): Promise<DesignToCome> {
  const { program, items } = await prepareRun(config, { environment });
  const questions: DesignQuestion[] = [];
  for await (const { culture, category, cluster } of items())
    questions.push({ item: questions.length, culture, category, cluster });
  return { questions, answers: program.trials.responses, judgings: program.trials.judgments };
}

function readPilot({ archive, run: wanted }: NonNullable<PlanRequest['pilot']>): Pilot {
  const run = resolveRun(archive, wanted);
  const { definition } = archive.loadRun(run);
  const all = seriesOfRun({
    definition,
    items: archive.itemLabels(run),
    scores: archive.questionScores(run),
  });
  const most = all.reduce((length, { rows }) => Math.max(length, rows.length), 0);
  // Answers made elsewhere may cover part of the questions only: they say less.
  const series = all.filter(({ rows }) => rows.length === most);
  const [first] = series;
  if (!first) throw new OperatorError(`${archive.file}: run ${run} has no questions.`);
  const repeated = first.rows.some(({ planned }) => planned > 1);
  const repeatsOf = repeated ? gatherRepeats(archive.trialRatings(run)) : () => null;
  const components = series.flatMap(({ position }) => {
    const repeats = repeatsOf(position);
    return (repeats && componentsOf(repeats)) ?? [];
  });
  return {
    questions: first.rows,
    ...pilotNoise(series),
    variances: averageVariances(components),
    answers: Math.round(components[0]?.answersPerQuestion ?? 1),
    judgings: Math.round(components[0]?.judgingsPerAnswer ?? 1),
    run,
    juries: juriesOf(archive, definition),
  };
}

function juriesOf(archive: RunArchive, definition: RunDefinition): JurySummary[] {
  const seated = seatJuries(definition, () => archive.outcomes(definition.id));
  return summarizeJuries(definition, seated, []);
}

function chooseNoise(
  { sd: givenSd, sdDifference: givenDifference, variances }: PlanRequest,
  pilot: Pilot | null,
  design: DesignToCome,
): { readonly noise: Noise; readonly source: string } {
  const sd = givenSd ?? pilot?.sd ?? ASSUMED_SD;
  const sdDifference = givenDifference ?? pilot?.sdDifference ?? assumedDifference(sd);
  const origin = (given: number | undefined, measured: number | null | undefined) => {
    if (given !== undefined) return 'given';
    return typeof measured === 'number' ? `measured in ${pilot?.run}` : 'assumed';
  };
  const measured = givenSd === undefined && givenDifference === undefined ? pilot : null;
  return {
    noise: {
      sd,
      sdDifference,
      // SDs that were given are those of the design to come.
      answers: measured?.answers ?? design.answers,
      judgings: measured?.judgings ?? design.judgings,
      variances: variances ?? pilot?.variances ?? null,
    },
    source: `SD of ratings within culture and category ${origin(givenSd, pilot?.sd)}, of paired differences ${origin(givenDifference, pilot?.sdDifference)}`,
  };
}

/** Prices of the config where it has all of them: dollars a call, with every answer at its longest. */
async function chooseCosts(
  request: PlanRequest,
): Promise<{ readonly costs: Costs; readonly costSource: string }> {
  if (request.costs) return { costs: request.costs, costSource: 'given' };
  const estimates =
    request.config === undefined
      ? []
      : await dryRun({
          config: request.config,
          environment: request.environment,
          archive: null,
        });
  const perCall = (role: 'model' | 'judge') => {
    const calls = estimates.filter((estimate) => estimate.role === role && estimate.calls > 0);
    if (calls.length === 0 || calls.some(({ usd }) => usd === null)) return null;
    const dollars = calls.reduce((sum, { usd }) => sum + (usd ?? 0), 0);
    return dollars / calls.reduce((sum, call) => sum + call.calls, 0);
  };
  const [answer, judging] = [perCall('model'), perCall('judge')];
  if (!answer || !judging)
    return { costs: UNIT_COSTS, costSource: 'assumed: an answer costs what a judging costs' };
  return {
    costs: { question: 0, answer, judging },
    costSource: 'dollars a call at most, by the config’s prices',
  };
}
