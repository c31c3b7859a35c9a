import { systemClock } from '../../adapters/system/clock.ts';
import type { JudgeConfig } from '../../config/schema.ts';
import { InputError, type InputProblem, OperatorError } from '../../domain/errors.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import type { Item } from '../../domain/item.ts';
import { jsonSchema } from '../../domain/json.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import { rubricFingerprint } from '../../domain/run-definition.ts';
import type { RunArchive, StoredRun } from '../../ports/run-archive.ts';
import type { RunListener } from '../../ports/run-events.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { type PreparedRun, prepareRun } from '../../prepare/prepare.ts';
import { readConfig } from '../../prepare/read-config.ts';
import { rubricTemplate } from '../../prompts/rubric.ts';
import { connect, defaultPolicies } from '../../run/connect.ts';
import { executeProbes, isDue } from '../../run/extra-judgments.ts';
import { type RunSelector, resolveRun } from '../../series/names/resolve-run.ts';
import { drawAnswers, type Families, observedAnswers } from './answers.ts';
import { contrastsOf } from './contrasts.ts';
import { type AuditCost, auditCost } from './cost.ts';
import { readGivenTexts } from './given-texts.ts';
import { type AuditPlan, type PlanInput, planAudit } from './plan.ts';
import { auditFindings } from './result.ts';
import { type Helper, rewriteTexts } from './rewriting.ts';
import type { Audit } from './schema.ts';

export interface AuditRequest {
  readonly config: string;
  /** Name of a judge of the config. */
  readonly judge: string;
  /** Whose answers. */
  readonly run: RunSelector;
  readonly sample: number;
  readonly seed: number;
  /** Whether to make the calls; without it they are only counted. */
  readonly confirmed: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly listener?: RunListener;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
}

/** The store, and how to open it for what is bought: not before there is something to write. */
export interface AuditStores {
  readonly archive: RunArchive;
  readonly open: (file: string) => RunStore;
}

export interface AuditOutcome {
  readonly cost: AuditCost;
  /** null where calls are to be made and were not confirmed. */
  readonly audit: Audit | null;
  /** Calls that could not be made: the audit was stopped. */
  readonly stopped: boolean;
}

/** Measures a judge's biases on stored answers. Throws InputError and OperatorError before any call. */
export async function auditJudge(
  { archive, open }: AuditStores,
  request: AuditRequest,
): Promise<AuditOutcome> {
  const prepared = await prepareRun(request.config, request);
  const hand = readConfig(request.config, request);
  const problems: InputProblem[] = [];
  const { rubricOf } = prepared.program;
  const contrasts = contrastsOf({ config: hand, rubricOf, problems });
  const given = await readGivenTexts(hand, problems);
  const position = judgePosition(prepared, request.judge);
  const helper = prepared.config.audit?.helper ?? null;
  if (helper && !Object.hasOwn(prepared.config.endpoints, helper.endpoint))
    problems.push(
      hand.loaded.problemAt(
        ['audit', 'helper', 'endpoint'],
        `there is no endpoint "${helper.endpoint}"`,
      ),
    );
  if (problems.length > 0) throw new InputError(problems);
  const run = archive.loadRun(resolveRun(archive, request.run));
  const judge = prepared.program.definition.judges[position];
  if (!judge) throw new Error(`the config has no judge ${position}`);
  const query = { archive, run, judge: judge.key, sameRubric: sameRubrics(run, prepared) };
  const answers = drawAnswers(query, { size: request.sample, seed: request.seed });
  if (answers.length === 0)
    throw new OperatorError(`${run.definition.id}: has no rated answer to audit a judge on.`);
  const input: PlanInput = {
    answers,
    contrasts,
    rubricOf,
    judge: judge.key,
    given,
    archive,
    helper: helper === null ? '' : fingerprint({ ...helper, price: null }),
  };
  const scene = { request, prepared, run, archive, open, input, position, judge };
  const cost = costOf(scene);
  if (cost.calls > 0 && !request.confirmed) return { cost, audit: null, stopped: false };
  const { plan, stopped } =
    cost.calls > 0 ? await makeCalls(scene) : { plan: planAudit(input), stopped: false };
  const families = familiesOf(prepared, position);
  const audit: Audit = {
    version: 1,
    judge: { key: judge.key, name: judge.spec.name },
    run: run.definition.id,
    answers: answers.length,
    seed: request.seed,
    findings: auditFindings({
      contrasts,
      plan,
      probes: archive.probesByKey(keysOf(plan)),
      observed: observedAnswers(query, families),
      family: families.judge,
      judge: judge.spec.name,
    }),
  };
  if (!stopped) keep(open(archive.file), audit);
  return { cost, audit, stopped };
}

function judgePosition({ program }: PreparedRun, name: string): number {
  const names = program.definition.judges.map(({ spec }) => spec.name);
  const position = names.indexOf(name);
  if (position >= 0) return position;
  const near = nearestName(name, names);
  throw new OperatorError(
    `the config has no judge "${name}"${near === null ? '' : `; did you mean ${near}?`}\n  Judges: ${names.join(', ')}`,
  );
}

/** A rating with another rubric is no rating of the unchanged answer. */
function sameRubrics({ definition }: StoredRun, { program }: PreparedRun) {
  return (item: Item) =>
    rubricFingerprint(definition.rubrics, item) ===
    rubricTemplate(program.rubricOf(item.category), item.language).fingerprint;
}

function familiesOf({ config, program }: PreparedRun, position: number): Families {
  const { models, judges } = program.definition;
  const byKey = (
    keyed: readonly { readonly key: string }[],
    families: readonly (string | undefined)[],
  ) => {
    const found = new Map(keyed.map(({ key }, index) => [key, families[index] ?? null]));
    return (key: string) => found.get(key) ?? null;
  };
  return {
    judge: config.judges[position]?.family ?? null,
    ofJudge: byKey(
      judges,
      config.judges.map(({ family }) => family),
    ),
    ofModel: byKey(
      models,
      config.models.map(({ family }) => family),
    ),
  };
}

interface Scene {
  readonly request: AuditRequest;
  readonly prepared: PreparedRun;
  readonly run: StoredRun;
  readonly archive: RunArchive;
  readonly open: AuditStores['open'];
  readonly input: PlanInput;
  readonly position: number;
  readonly judge: { readonly key: string };
}

const keysOf = ({ calls }: AuditPlan) => calls.flatMap(({ key }) => key ?? []);

function costOf({ prepared, archive, input, position }: Scene): AuditCost {
  const plan = planAudit(input);
  const done = new Set(
    archive.probesByKey(keysOf(plan)).flatMap((probe) => (isDue(probe, true) ? [] : [probe.key])),
  );
  return auditCost(plan, done, {
    judge: prepared.program.judges[position]?.price ?? null,
    helper: prepared.config.audit?.helper?.price ?? null,
  });
}

/** Rewrites what has to be rewritten, then judges; returns the plan with all prompts known. */
async function makeCalls(scene: Scene) {
  const { request, prepared, run, archive, input, position, judge } = scene;
  const { config, program } = prepared;
  const helper = config.audit?.helper ?? null;
  const listener = request.listener ?? (() => undefined);
  const failure = new AbortController();
  const signal = (given: AbortSignal | undefined) =>
    AbortSignal.any([given ?? new AbortController().signal, failure.signal]);
  const [stop, abort] = [signal(request.stop), signal(request.abort)];
  const audited = config.judges[position];
  const asked: JudgeConfig[] = [
    ...(audited ? [audited] : []),
    ...(helper ? [asAsked(helper)] : []),
  ];
  const store = scene.open(archive.file);
  const known = input.answers.map(({ item }) => item);
  const connections = await connect({
    config: { ...config, models: [], judges: asked },
    items: async function* () {
      yield* known;
    },
    rehearse: false,
    clock: systemClock,
    listener,
    stop,
    abort,
    policies: defaultPolicies,
  });
  try {
    const { rewrites } = planAudit(input);
    const { lanes } = connections;
    if (helper && rewrites.length > 0)
      await rewriteTexts(rewrites, { helper, lanes, store: store.probes, stop, failure });
    const plan = planAudit(input);
    const calls = plan.calls.flatMap(({ key, prompt, measure, answer }) =>
      key === null || prompt === null
        ? []
        : [
            {
              judge: position,
              prompt,
              planned: {
                key,
                purpose: 'audit' as const,
                run: run.definition.id,
                judge: judge.key,
                subject: { measure, item: answer.item.id, culture: answer.item.culture },
              },
            },
          ],
    );
    await executeProbes(calls, {
      judges: program.judges,
      store: store.probes,
      lanes,
      listener,
      clock: systemClock,
      stop,
      retryMissing: true,
      failure,
    });
    return { plan, stopped: request.stop?.aborted ?? false };
  } finally {
    await connections.close();
    store.close();
  }
}

/** The helper as one of those whose endpoints are opened. */
function asAsked(helper: Helper): JudgeConfig {
  const verdict = { format: 'text' as const };
  return { ...helper, onUnparsed: { reask: 0 }, verdict, expectedRating: false };
}

function keep(store: RunStore, audit: Audit): void {
  try {
    const { judge, run } = audit;
    store.probes.saveAudit({ judge: judge.key, run, result: jsonSchema.parse(audit) });
  } finally {
    store.close();
  }
}
