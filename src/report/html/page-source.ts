import type { JudgedAnswer, MissingReason, StoredRun, Suspect } from '../../ports/run-archive.ts';
import type { AgreementReport } from '../../summary/agreement-report.ts';
import type { Drift } from '../../summary/drift.ts';
import type { JudgeCard } from '../../summary/judge-card-report.ts';
import type { RunComparison } from '../../summary/run-comparisons.ts';
import type { RunSummary } from '../../summary/run-summary.ts';
import type { RatingCount } from '../charts/chart.ts';
import type { ExampleRule } from '../pick-examples.ts';
import type { SettingDifference } from '../setting-differences.ts';
import type { Table } from '../table.ts';

/** All that a page shows, gathered beforehand. */
export interface PageSource {
  readonly summary: RunSummary;
  readonly runs: readonly StoredRun[];
  /** What differs between the runs' settings; empty for one run. */
  readonly differences: readonly SettingDifference[];
  readonly tables: readonly Table[];
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

/** A chart ready for the page. */
export interface PageChart {
  readonly name: string;
  readonly title: string;
  /** What is drawn, under which settings. */
  readonly subtitle: string;
  readonly description: string;
  /** Models that a reader can take out of the drawing and put back. */
  readonly models: readonly string[];
  /** A Vega specification, compiled from Vega-Lite. */
  readonly vega: unknown;
  /** The same as SVG, for print and for readers without scripts. */
  readonly svg: string;
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
