import type { AgreementReport } from '../../analyses/agreement/schema.ts';
import type { RunComparison } from '../../analyses/comparison/run-comparisons.ts';
import type { Drift } from '../../analyses/drift/drift.ts';
import type { JudgeCard } from '../../analyses/judge-card/schema.ts';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { JudgedAnswer, MissingReason, StoredRun, Suspect } from '../../ports/run-archive.ts';
import type { RatingCount } from '../../render/chart/chart.ts';
import type { PageChart } from '../../render/html/charts.ts';
import type { ExampleRule } from '../sections/pick-examples.ts';
import type { SettingDifference } from '../words/setting-differences.ts';

/** All that a page shows, gathered beforehand. */
export interface PageSource {
  readonly summary: RunSummary;
  readonly runs: readonly StoredRun[];
  /** What differs between the runs' settings; empty for one run. */
  readonly differences: readonly SettingDifference[];
  readonly charts: readonly PageChart[];
  readonly ratings: readonly RatingCount[];
  /** Judge beside people, with charts of its own; null for a store without ratings by people. */
  readonly agreement: AgreementReport | null;
  readonly agreementCharts: readonly PageChart[];
  readonly examples: readonly PageExample[];
  /** One a run and judge. */
  readonly drift: readonly Drift[];
  /** One a judge. */
  readonly cards: readonly JudgeCard[];
  /** Answers that a judge may have taken for a verdict, run by run. */
  readonly suspects: readonly Suspect[];
  readonly comparisons: readonly RunComparison[];
  /** Answers that juries disagree on; left out where there are none. */
  readonly juryExamples?: readonly PageExample[];
  /** Why the figures are no measurement; null for runs on real endpoints. */
  readonly simulated: string | null;
  /** Leaves out when, where and by what version runs were made, so that pages can be compared. */
  readonly omitSessions: boolean;
  readonly runtime: ChartRuntime;
}

export interface PageExample {
  readonly rule: ExampleRule;
  readonly reason: MissingReason | null;
  readonly judged: readonly LabelledAnswer[];
}

export interface LabelledAnswer {
  readonly run: string | null;
  readonly model: string;
  readonly style: string;
  readonly judge: string;
  readonly answer: JudgedAnswer;
}

/** Scripts that draw the charts, inlined into the page. */
export interface ChartRuntime {
  readonly vega: string;
  /** Evaluates Vega's expressions without `eval`, as the page's policy demands; sets `vega.expressionInterpreter`. */
  readonly interpreter: string;
}
