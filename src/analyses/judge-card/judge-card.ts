import type { Estimate } from '../../domain/estimate.ts';
import type { JudgeDefinition } from '../../domain/run-definition.ts';
import { MISSING_REASONS, type ServedModel } from '../../ports/run-archive.ts';
import { distinctServed } from '../../series/names/served.ts';
import type { RatedAnswer } from '../agreement/levels/pairs.ts';
import type { AgreementReport } from '../agreement/schema.ts';
import type { Audit } from '../audit/schema.ts';
import type { Drift } from '../drift/drift.ts';
import type { Bridge } from '../equating/equating.ts';
import type { RunSummary } from '../summary/schema.ts';
import { cautionsOf, unmeasuredOf } from './cautions.ts';
import { judgeErrors } from './errors.ts';
import type { CardUse, JudgeCard, Use } from './schema.ts';
import { judgeSingles } from './singles.ts';
import { type CardFigures, usesOf } from './uses.ts';

/** All that is known of one judge. */
export interface JudgeCardSource {
  /** Under the name that the summary has it by. */
  readonly judge: JudgeDefinition;
  readonly runs: readonly string[];
  readonly summary: RunSummary;
  readonly agreement: AgreementReport | null;
  /** The judge's labels in `agreement`. */
  readonly labels: readonly string[];
  /** The runs' answers with people's ratings; empty for a store without any. */
  readonly answers: readonly RatedAnswer[];
  /** Of this judge. */
  readonly drift: readonly Drift[];
  readonly audits: readonly Audit[];
  readonly bridges: readonly Bridge[];
  readonly served: readonly ServedModel[];
}

/** A judge's card. Pure. What was not measured is said to be so. */
export function describeJudge(source: JudgeCardSource): JudgeCard {
  const known = figuresOf(source);
  const figures: CardFigures = { ...known, unmeasured: unmeasuredOf(known) };
  const uses = usesOf(figures);
  return {
    version: 1,
    ...figures,
    verdict: verdictOf(source.judge.spec.name, uses),
    uses,
    cautions: cautionsOf(figures),
  };
}

function figuresOf(source: JudgeCardSource): Omit<CardFigures, 'unmeasured'> {
  const { judge, runs, summary, served, drift, audits, bridges } = source;
  const { spec, key, family, verdict, expectedRating } = judge;
  const own = ({ judge: name }: { readonly judge: string }) => name === spec.name;
  const { agreement, labels } = source;
  return {
    judge: {
      ...{ name: spec.name, key, model: spec.model, family, expectedRating },
      format: verdict,
      served: servedNames(served),
    },
    runs: [...runs],
    cultures: summary.cultures,
    coverage: coverageOf(summary.coverage.filter(own)),
    agreement: agreement && withPeople(agreement, labels),
    errors: judgeErrors(source.answers, labels),
    people: agreement && betweenPeople(agreement),
    singles: agreement && judgeSingles(source.answers, labels),
    humanScale: agreement?.humanScale.find(({ judge: label }) => labels.includes(label)) ?? null,
    components: summary.components.filter(own),
    juries: (summary.juries ?? []).flatMap(({ jury, judges, aggregate }) =>
      judges.includes(spec.name) ? [{ jury, judges, aggregate }] : [],
    ),
    expected: (summary.expected?.estimates ?? []).filter(
      (entry) => own(entry) && Object.keys(entry.by).length === 0,
    ),
    ...{ drift: [...drift], audits: [...audits], bridges: [...bridges] },
    otherLanguage: (summary.answerLanguages ?? []).reduce(
      ({ other, told }, row) => ({
        other: other + row.other,
        told: told + row.other + row.asAsked,
      }),
      { other: 0, told: 0 },
    ),
  };
}

function servedNames(served: readonly ServedModel[]): string[] {
  const names = distinctServed(served).flatMap(({ servedModel, systemFingerprint }) => {
    if (servedModel === null) return systemFingerprint ?? [];
    return systemFingerprint === null || systemFingerprint === servedModel
      ? servedModel
      : `${servedModel} (${systemFingerprint})`;
  });
  return [...new Set(names)];
}

function coverageOf(rows: RunSummary['coverage']): JudgeCard['coverage'] {
  const total = (count: (row: RunSummary['coverage'][number]) => number) =>
    rows.reduce((sum, row) => sum + count(row), 0);
  const missing = MISSING_REASONS.flatMap((reason) => {
    const count = total((row) => row.missing[reason] ?? 0);
    return count === 0 ? [] : [[reason, count] as const];
  });
  return {
    planned: total(({ planned }) => planned),
    rated: total(({ rated }) => rated),
    missing: Object.fromEntries(missing),
  };
}

function withPeople(
  { agreements }: AgreementReport,
  labels: readonly string[],
): JudgeCard['agreement'] {
  const found = agreements.find(
    ({ kind, first }) => kind === 'judge-human' && labels.includes(first),
  );
  const whole = found?.slices[0];
  if (!found || !whole) return null;
  return {
    pairs: whole.pairs,
    raters: found.raters,
    levels: whole.levels,
    cultures: found.slices.flatMap(({ by, levels }) => {
      const bias = levels.find(({ level }) => level === 'pooled')?.figures.bias;
      if (by.culture === undefined || by.category !== undefined || !bias) return [];
      return [{ culture: by.culture, bias }];
    }),
  };
}

function betweenPeople({ agreements }: AgreementReport): Estimate | null {
  const [whole] = agreements.find(({ kind }) => kind === 'human-human')?.slices ?? [];
  const pooled = whole?.levels.find(({ level }) => level === 'pooled');
  return pooled?.figures.meanAbsoluteError ?? null;
}

const PURPOSES = {
  'within-culture': 'to compare models within a culture',
  'across-cultures': 'to compare cultures with each other',
  'single-answers': 'as a verdict on single answers',
  'over-time': 'beside its own ratings from before',
  'other-judges': 'beside another judge’s ratings',
} as const satisfies Record<Use, string>;

/** What is allowed first, then what is not, then what nobody knows; `uses` has the reasons. */
function verdictOf(name: string, uses: readonly CardUse[]): string {
  const said = (may: CardUse['may']) =>
    uses
      .filter((use) => use.may === may)
      .map(
        ({ use, least }) =>
          `${PURPOSES[use]}${least === null ? '' : `, for differences of at least ${least.toFixed(2)}`}`,
      )
      .join('; ');
  const [yes, no, unknown] = [said('yes'), said('no'), said('unknown')];
  return [
    yes === ''
      ? `Nothing shows what the ratings of ${name} may be used for.`
      : `The ratings of ${name} may be used ${yes}.`,
    ...(no === '' ? [] : [`They must not be used ${no}.`]),
    ...(unknown === '' ? [] : [`Nobody has shown whether they may be used ${unknown}.`]),
  ].join(' ');
}
