import { readRows } from '../adapters/files/read/read-rows.ts';
import type { Environment } from '../config/environment.ts';
import { chosenRubrics, rubricCaveat } from '../config/rubric-sets.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Anchor } from '../domain/anchor.ts';
import { counted } from '../domain/counted.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import { type ItemScan, scanItems, streamItems } from '../items/select.ts';
import { defineRun, judgeSpec, type RunParts } from './define-run.ts';
import { itemSources } from './item-sources.ts';
import { placeTasks } from './place-tasks.ts';
import type { RunProgram } from './program.ts';
import { readAnchors } from './read-anchors.ts';
import { type ConfigAtHand, readConfig } from './read-config.ts';
import { readKeys } from './read-keys.ts';
import { findGaps, readModels } from './read-models.ts';
import { readShots, type Shots } from './read-shots.ts';
import { readTasks, type WrittenTask } from './read-tasks.ts';
import { readRubrics, readStyles } from './read-templates.ts';

export interface PrepareOptions {
  readonly environment: Environment;
  /** Fewer items than the config says. */
  readonly limit?: number | undefined;
  /** Every endpoint becomes a simulated one; keys are not needed then. */
  readonly rehearse?: boolean | undefined;
  /** Nothing will be called: keys are not needed either, but the plan is that of the real endpoints. */
  readonly replay?: boolean | undefined;
}

/** A config with everything that it names read and checked; nothing was called or written. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly program: RunProgram;
  readonly scan: ItemScan;
  readonly items: () => AsyncIterable<Item>;
  /** Planned answers that are read from files. */
  readonly recordedAnswers: number;
  /** Answers with frozen ratings, to be judged again. */
  readonly anchors: readonly Anchor[];
  /** Not wrong, but worth a look. */
  readonly warnings: readonly InputProblem[];
}

/** Reads a config and all it names. Throws InputError with every problem at once. */
export async function prepareRun(file: string, options: PrepareOptions): Promise<PreparedRun> {
  const hand = readConfig(file, options);
  const { config } = hand.loaded;
  const problems = [...hand.problems];
  const styles = readStyles(hand, problems);
  const rubrics = readRubrics(hand, problems);
  const named = problems.length;
  const sources = itemSources(hand, problems);
  const tasks = readTasks(hand, sources, problems);
  const complete = problems.length === named;
  const anchors = await readAnchors(hand, rubrics, problems);
  const limit = Math.min(options.limit ?? Infinity, config.select.limit ?? Infinity);
  const selection = Number.isFinite(limit) ? { ...config.select, limit } : config.select;
  const scan = await scanItems(sources, selection, readRows);
  problems.push(
    ...scanProblems(hand, scan, complete),
    ...missingRubrics(hand, scan),
    ...missingJudge(hand, scan),
  );
  // A culture that a smaller draw does not hold is no mistake of the config.
  if (complete && options.limit === undefined) problems.push(...unknownCultures(hand, scan));
  const models = await readModels(hand, problems);
  const endpoints =
    options.rehearse || options.replay ? config.endpoints : readKeys(hand, problems);
  const items = () => streamItems(scan, sources, readRows);
  if (problems.length > 0) throw new InputError(problems);
  const shots = await Promise.all(
    tasks.map((task) => readShots(hand, task, { asked: items, problems })),
  );
  if (problems.length > 0) throw new InputError(problems);
  const gaps = await findGaps(hand, models, items());
  if (gaps.problems.length > 0) throw new InputError(gaps.problems);
  const program = buildProgram({ hand, scan, styles, rubrics, tasks, shots, ...models });
  return {
    config: { ...config, endpoints },
    program,
    scan,
    items,
    recordedAnswers: gaps.planned,
    anchors,
    warnings: [
      ...rubricWarnings(hand),
      ...scan.warnings,
      ...gaps.warnings,
      ...anchorless(hand, program, anchors),
    ],
  };
}

/** Problems of the items; those of the selection are the config's, and get its line. */
function scanProblems({ loaded }: ConfigAtHand, scan: ItemScan, complete: boolean): InputProblem[] {
  // What is selected may be in a file that could not be read.
  const incomplete = !complete || loaded.flawed.has('items') || loaded.flawed.has('select');
  return scan.problems.flatMap((problem) => {
    const [key, ...rest] = problem.path?.split('.') ?? [];
    if (key !== 'select' || problem.line !== undefined) return problem;
    return incomplete ? [] : loaded.problemAt([key, ...rest], problem.message);
  });
}

function missingRubrics({ loaded }: ConfigAtHand, scan: ItemScan): InputProblem[] {
  if (loaded.flawed.has('rubrics')) return [];
  const { set, rubrics } = chosenRubrics(loaded.config.rubrics);
  const mend = (category: string) =>
    set === null
      ? `add a line \`${category}: PATH.hbs\``
      : `the set ${set} has ${Object.keys(rubrics).join(', ')}: map the categories yourself under \`rubrics\``;
  return [...scan.ratedCategories]
    .filter(([category]) => !Object.hasOwn(rubrics, category))
    .map(([category, count]) =>
      loaded.problemAt(
        ['rubrics'],
        `no rubric for the category "${category}" (${counted(count, 'item')}); ${mend(category)}, or leave the category out with \`select\``,
      ),
    );
}

function missingJudge({ loaded }: ConfigAtHand, scan: ItemScan): InputProblem[] {
  if (loaded.config.judges.length > 0 || loaded.flawed.has('judges')) return [];
  const rated = [...scan.ratedCategories.values()].reduce((sum, count) => sum + count, 0);
  if (rated === 0) return [];
  return [
    loaded.problemAt(
      ['judges'],
      `${counted(rated, 'question')} without a right answer and no judge to rate the answers; add one, or say \`scoring: choice\` or \`short-answer\` for sources with a right answer`,
    ),
  ];
}

/** Judges that no anchor was frozen for: their drift cannot be seen. */
function anchorless(
  { loaded }: ConfigAtHand,
  { definition }: RunProgram,
  anchors: readonly Anchor[],
): InputProblem[] {
  if (anchors.length === 0) return [];
  return definition.judges.flatMap(({ key, spec }, position) =>
    anchors.some(({ ratings }) => ratings.some(({ judge }) => judge === key))
      ? []
      : loaded.problemAt(
          ['judges', position],
          `the anchors hold no ratings by ${spec.name} as it is set here, so its drift will not be measured; make anchors from a run with this judge`,
        ),
  );
}

/** A model's cultures that no question has. */
function unknownCultures({ loaded }: ConfigAtHand, scan: ItemScan): InputProblem[] {
  if (loaded.flawed.has('items') || loaded.flawed.has('select')) return [];
  const known = [...scan.cultures.keys()];
  return loaded.config.models.flatMap(({ cultures = [] }, index) =>
    cultures
      .filter((culture) => !known.includes(culture))
      .map((culture) =>
        loaded.problemAt(
          ['models', index, 'cultures'],
          `no selected question is of the culture "${culture}"; there are: ${known.join(', ') || 'none'}`,
        ),
      ),
  );
}

function rubricWarnings({ loaded }: ConfigAtHand): InputProblem[] {
  const caveat = rubricCaveat(chosenRubrics(loaded.config.rubrics).set);
  return caveat === null ? [] : [loaded.problemAt(['rubrics'], caveat)];
}

type ProgramParts = Omit<RunParts, 'tasks' | 'scorers'> & {
  readonly tasks: readonly WrittenTask[];
  /** By task. */
  readonly shots: readonly Shots[];
};

function buildProgram(parts: ProgramParts): RunProgram {
  const { config } = parts.hand.loaded;
  const asked = parts.models.some(({ recorded }) => recorded === null);
  const recorded = parts.models.some((model) => model.recorded !== null);
  const rated = parts.scan.ratedCategories.size > 0;
  const shared = [...(asked && rated ? parts.styles : []), ...(recorded ? [null] : [])];
  const used = parts.tasks.flatMap((task, index) => {
    const shown = parts.shots[index];
    return shown && parts.scan.tasks.has(task.name) ? [{ ...task, shown }] : [];
  });
  const { tasks, styles, scorers } = placeTasks(used, { styles: shared, asked });
  return {
    definition: defineRun({ ...parts, styles, tasks, scorers }),
    models: parts.models,
    styles,
    tasks: new Map(tasks.map((task) => [task.name, task])),
    judges: config.judges.map((judge) => ({
      spec: judgeSpec(judge),
      strictParams: judge.strictParams,
      price: judge.price ?? null,
      endpoint: judge.endpoint,
      reask: judge.onUnparsed.reask,
      verdict: judge.verdict,
      expectedRating: judge.expectedRating,
    })),
    rubricOf: (category) => {
      const rubric = parts.rubrics.get(category);
      if (!rubric) throw new Error(`no rubric for ${category}`);
      return rubric;
    },
    trials: config.trials,
  };
}
