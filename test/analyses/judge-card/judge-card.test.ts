import { describe, expect, it } from 'vitest';
import type { RatedAnswer } from '../../../src/analyses/agreement/levels/pairs.ts';
import type { AgreementReport } from '../../../src/analyses/agreement/schema.ts';
import type { Audit } from '../../../src/analyses/audit/schema.ts';
import type { Drift } from '../../../src/analyses/drift/drift.ts';
import type { Bridge } from '../../../src/analyses/equating/equating.ts';
import {
  describeJudge,
  type JudgeCardSource,
} from '../../../src/analyses/judge-card/judge-card.ts';
import { usesOf } from '../../../src/analyses/judge-card/uses.ts';
import type { Estimate } from '../../../src/domain/estimate.ts';
import { handMadeSummary } from '../../report/hand-made.ts';
import { about, agreement, level, NOTHING, use } from './figures.ts';

const errors = (arabKin: Estimate) => [
  { model: 'Kin', culture: 'Arab', error: arabKin },
  { model: 'Other', culture: 'Arab', error: about(0.1, 0.4) },
  { model: 'Kin', culture: 'Chinese', error: about(0, 0.1) },
];

describe('whether models may be compared within a culture', () => {
  const clear = agreement(about(0.6, 0.2));
  it('is not known without ratings by people, and says how to get them', () => {
    expect(use('within-culture', {})).toMatchObject({
      may: 'unknown',
      because: 'nobody has rated its answers',
      measure: 'care-judge import ratings FILE',
    });
  });
  it('is denied where the judge is not shown to follow people', () => {
    const found = use('within-culture', { agreement: agreement(about(0.1, 0.1)) });
    expect([found.may, found.because]).toEqual(['no', expect.stringContaining('0.10 (0.00 to')]);
  });
  it('takes two models of one culture that people rated', () => {
    const apart = errors(about(1, 0.3)).filter(
      ({ model, culture }) => model === 'Other' || culture === 'Chinese',
    );
    expect(use('within-culture', { agreement: clear, errors: apart }).may).toBe('unknown');
    const few = errors(about(1, 0.3, 9));
    expect(use('within-culture', { agreement: clear, errors: few }).may).toBe('unknown');
  });
  it('is allowed from the widest difference of its errors on', () => {
    // 1.0 - 0.1 + √(0.3² + 0.4²) = 1.4.
    const found = use('within-culture', { agreement: clear, errors: errors(about(1, 0.3)) });
    expect([found.may, found.least]).toEqual(['yes', 1.4]);
    expect(found.because).toContain('kinder to Kin than to Other by up to that (Arab)');
  });
  it('is allowed only beyond what an audit lets it favour its family by', () => {
    const found = use('within-culture', {
      agreement: clear,
      errors: errors(about(1, 0.3)),
      audits: [auditOf(about(1.2, 0.5))],
    });
    expect([found.least, found.because]).toEqual([1.7, expect.stringContaining('by its audit')]);
  });
});

const auditOf = (shift: Estimate, apart: Estimate | null = null): Audit => ({
  ...{ version: 1, judge: { key: 'k', name: 'J' }, run: 'run-1', answers: 60, seed: 0 },
  findings: [
    {
      ...{ measure: 'self-preference', state: 'measured', method: 'by hand', calls: 0, note: null },
      rows: [{ culture: null, shift, p: 0.001, adjusted: 0.001, detectable: 0.3 }],
      cultures: apart === null ? [] : [{ culture: 'Arab', difference: apart, adjusted: 0.01 }],
    },
    { measure: 'answer-english', state: 'not-measured', needs: 'needs a helper model' },
  ],
});

describe('whether cultures may be compared', () => {
  const of = (arab: Estimate, audits: Audit[] = []) =>
    use('across-cultures', { agreement: agreement(about(0.6, 0.2), { arab }), audits });
  it('is denied where its bias against people differs', () => {
    // √(0.3² + 0.4²) = 0.5.
    expect(of(about(0.51, 0.3))).toMatchObject({
      may: 'no',
      because: 'held against people it rates Arab 0.51 higher than Chinese (± 0.50)',
    });
  });
  it('is asked of every pair of cultures together: three pairs widen each interval by Bonferroni', () => {
    // Three cultures, three pairs: z(1 - .025/3) / z(.975) = 2.393980 / 1.959964 = 1.221441;
    // half √(0.3² + 0.4²) = 0.5 becomes 0.6107. A gap of .55 is denied for one pair, not for three.
    const three = (arab: number) => {
      const figures = agreement(about(0.6, 0.2), { arab: about(arab, 0.3) });
      const other = { culture: 'Japanese', bias: about(arab / 2, 0.3) };
      return use('across-cultures', {
        cultures: ['Arab', 'Chinese', 'Japanese'],
        agreement: { ...figures, cultures: [...figures.cultures, other] },
      });
    };
    expect(of(about(0.55, 0.3)).may).toBe('no');
    expect(three(0.55)).toMatchObject({ may: 'yes', least: 1.17 });
    expect(three(0.62)).toMatchObject({
      may: 'no',
      because: 'held against people it rates Arab 0.62 higher than Chinese (± 0.61)',
    });
  });
  it('is allowed from what the bias may differ by on, with what nobody can show', () => {
    const found = of(about(-0.2, 0.3));
    expect([found.may, found.least]).toEqual(['yes', 0.7]);
    expect(found.because).toContain('equally strict, which nothing here can show');
  });
  it('is denied where an audit finds an effect that is one culture’s own', () => {
    expect(of(about(0, 0.3), [auditOf(about(1, 0.2), about(0.8, 0.3))]).because).toBe(
      'an audit found effects that are other in Arab than elsewhere',
    );
  });
  it('is not asked of runs with one culture', () => {
    expect(usesOf({ ...NOTHING, cultures: ['Arab'] }).map((entry) => entry.use)).not.toContain(
      'across-cultures',
    );
  });
});

describe('whether single answers may be taken at its word', () => {
  const of = (singles: Estimate | null) =>
    use('single-answers', { agreement: agreement(about(0.6, 0.2)), singles }).may;
  it('goes by how much farther it is from a person than two people are, with its interval', () => {
    expect(of(about(-0.2, 0.1))).toBe('yes');
    expect(of(about(-0.05, 0.1))).toBe('unknown');
    expect(of(about(0.2, 0.1))).toBe('no');
    expect(of(null)).toBe('unknown');
  });
});

const drift = (state: Drift['state']): Drift => ({
  ...{ run: 'run-1', judge: { key: 'k', name: 'J' }, state, anchors: 60, rated: 60 },
  rows: [{ culture: null, shift: about(0, 0.1), p: 1, adjusted: 1, detectable: 0.3 }],
  ...{ level: 0.01, minimalShift: 0.15, sameServed: true, served: [], frozenServed: [] },
});

describe('whether it may stand beside other ratings', () => {
  it('is denied for its own from before once anchors show drift in one run', () => {
    const found = use('over-time', { drift: [drift('steady'), drift('shifted')] });
    expect([found.may, found.because]).toEqual(['no', expect.stringContaining('has drifted')]);
  });
  it('is allowed from what steady anchors would have shown on', () => {
    expect(use('over-time', { drift: [drift('steady')] })).toMatchObject({
      may: 'yes',
      least: 0.3,
    });
  });
  it('is not known where one run’s anchors were not judged', () => {
    expect(use('over-time', { drift: [drift('steady'), drift('unmeasured')] })).toMatchObject({
      may: 'unknown',
      measure: 'care-judge anchors run-1 --out anchors.jsonl',
    });
  });
  const bridged = (shift: Estimate): Bridge => ({
    version: 1,
    old: { key: 'p', name: 'Plain', run: 'run-1' },
    new: { key: 'k', name: 'J', run: 'run-1' },
    ...{ method: 'by hand', models: [], refused: [], limits: [] },
    cultures: [
      {
        ...{ culture: 'Arab', intercept: 0, slope: 1, slopeLow: 0.9, slopeHigh: 1.1, df: 10 },
        covariance: { intercept: 0, slope: 0, both: 0 },
        ...{ answers: 40, questions: 40, residualSd: 1, from: 1, to: 10, shift },
      },
    ],
  });
  it('is denied for another judge that rates the same answers otherwise', () => {
    expect(use('other-judges', { bridges: [bridged(about(-0.5, 0.4))] })).toMatchObject({
      may: 'no',
      because: expect.stringContaining('0.50 lower than Plain (Arab)'),
    });
    const alike = use('other-judges', { bridges: [bridged(about(-0.3, 0.4))] });
    expect([alike.may, alike.least]).toEqual(['yes', 0.7]);
    expect(use('other-judges', {}).measure).toBe('care-judge equate OLD NEW');
  });
});

const NONE_MISSING = {
  ...{ response_empty: 0, response_filtered: 0, response_failed: 0, judgment_unparsed: 0 },
  ...{ judgment_out_of_range: 0, judgment_filtered: 0, judgment_failed: 0, not_called: 0 },
};

const SOURCE: JudgeCardSource = {
  judge: {
    key: 'k',
    spec: { name: 'J', variant: null, model: 'j', api: 'chat', decoding: {} },
    ...{ family: null, verdict: 'text', expectedRating: false },
  },
  ...{ runs: ['run-1'], summary: handMadeSummary(), agreement: null, labels: ['J'], answers: [] },
  ...{ drift: [], audits: [], bridges: [], served: [] },
};

it('says of a judge that nothing was measured of, and how each thing would be', () => {
  const card = describeJudge(SOURCE);
  expect(card.verdict).toMatch(
    /^Nothing shows what the ratings of J may be used for\. Nobody has/u,
  );
  expect(card.uses.every(({ may, least }) => may === 'unknown' && least === null)).toBe(true);
  expect(card.unmeasured.map(({ measure }) => measure.split(' ', 2).join(' '))).toEqual([
    'care-judge import',
    'care-judge import',
    'care-judge run',
    'care-judge run',
    'care-judge anchors',
    'care-judge audit',
    'care-judge equate',
  ]);
});

it('warns of judgments that gave no rating, of biases, and of an endpoint that changed its model', () => {
  const served = ['j-1', 'j-2'].map((servedModel) => ({
    ...{ role: 'judge' as const, label: 'J', servedModel, systemFingerprint: null, calls: 1 },
  }));
  const cell = {
    ...{ model: 'M', variant: null, style: 'zero-shot', culture: 'Arab', category: 'Opinion' },
    ...{ planned: 40, rated: 38, truncated: 0 },
  };
  const coverage = [
    { ...cell, judge: 'J', missing: { judgment_unparsed: 1, response_empty: 1 } },
    { ...cell, judge: 'J', missing: { judgment_failed: 1, response_empty: 1 } },
    { ...cell, judge: 'K', missing: { judgment_failed: 2 } },
  ].map((row) => ({ ...row, missing: { ...NONE_MISSING, ...row.missing } }));
  const summary = { ...SOURCE.summary, coverage };
  const audits = [auditOf(about(-0.4, 0.1))];
  const card = describeJudge({ ...SOURCE, summary, audits, served });
  expect(card.coverage.missing).toEqual({
    ...{ response_empty: 2, judgment_unparsed: 1, judgment_failed: 1 },
  });
  expect(card.cautions).toEqual([
    // Answers that were empty are not the judge's failure: 2 of 80.
    '2 of 80 judgments gave no rating (2.5 %): what it fails on may be no random part.',
    'It rates answers of its own family 0.40 lower.',
    'Its endpoints named more than one model or fingerprint: j-1; j-2.',
  ]);
  expect(card.unmeasured.some(({ what }) => what.startsWith('answer-english'))).toBe(true);
});

it('measures its error for each model on the answers that people rated', () => {
  const answer = (question: number, judge: number, people: readonly number[]): RatedAnswer => ({
    ...{ answer: `a${question}`, cluster: `q${question}`, culture: 'Arab', category: 'Opinion' },
    ...{ system: 'M', names: { model: 'M', variant: null, style: 'zero-shot' } },
    judges: new Map([['J', judge]]),
    raters: people.map((rating, index) => ({ rater: `${index}`, rating })),
  });
  // (7 - 5.5 + 6 - 6 + 8 - 7) / 3; the fourth answer has no rater.
  const answers = [answer(1, 7, [5, 6]), answer(2, 6, [6]), answer(3, 8, [7]), answer(4, 1, [])];
  const [row] = describeJudge({ ...SOURCE, answers }).errors;
  expect(row).toMatchObject({ model: 'M', culture: 'Arab', error: { n: 3 } });
  expect(row?.error.value).toBeCloseTo(2.5 / 3, 10);
});

it('takes people, bias by culture and levels from the agreement of its own label', () => {
  const slice = (by: object, figures: object) => ({
    ...{ by, pairs: 5, answers: 5, questions: 5, missing: 0 },
    levels: [level('pooled', figures)],
  });
  const entry = (kind: 'judge-human' | 'human-human', first: string, bias: Estimate) => ({
    ...{ kind, first, second: 'people', raters: 2, systems: 1, explanation: [] },
    slices: [slice({}, { meanAbsoluteError: about(1, 0.2) }), slice({ culture: 'Arab' }, { bias })],
    between: { first: { culture: null, system: null }, second: { culture: null, system: null } },
    ...{ distribution: [], curve: [] },
  });
  const report: AgreementReport = {
    ...{ version: 1, runs: ['run-1'], seed: 0, resamples: 200, humanScale: [] },
    human: { ratings: 5, answers: 5, raters: 2, linked: 5, outside: 0, rescaled: 0, sources: [] },
    agreements: [
      entry('judge-human', 'K', about(9, 0.1)),
      entry('judge-human', 'J', about(0.5, 0.1)),
      entry('human-human', 'people', about(0, 0.1)),
    ],
  };
  const card = describeJudge({ ...SOURCE, agreement: report });
  expect(card.agreement?.cultures).toEqual([{ culture: 'Arab', bias: about(0.5, 0.1) }]);
  expect(card.people).toEqual(about(1, 0.2));
});
