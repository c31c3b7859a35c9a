import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { type AuditOutcome, auditJudge } from '../../../src/analyses/audit/audit.ts';
import type { Measure } from '../../../src/analyses/audit/biases/index.ts';
import { presentAudit } from '../../../src/analyses/audit/present.ts';
import { auditsOfRun } from '../../../src/analyses/audit/read.ts';
import type { Audit } from '../../../src/analyses/audit/schema.ts';
import { bridgeJudges } from '../../../src/analyses/equating/read.ts';
import { auditExitCode } from '../../../src/cli/commands/audit.ts';
import { renderDocumentMarkdown } from '../../../src/render/markdown-document.ts';
import { renderDocumentText } from '../../../src/render/text/document.ts';
import { runConfig } from '../../../src/run/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-audit-'));
const db = join(folder, 'store.sqlite');
const config = join(folder, 'audit.yaml');
const SAMPLE = 60;

/** Middling answers, so that hardly a rating is cut off at 1 or 10. */
const CONFIG = `version: 1
name: audited
items: [{ file: ${resolve('configs/items/sample.jsonl')} }]
endpoints:
  sim:
    kind: simulated
    families: { kin-45: acme }
    judges:
      plain: { noise: 0.4 }
      judge:
        noise: 0.4
        family: acme
        selfPreference: 1
        withoutReference: -0.8
        paraphrasedReference: -0.5
        englishAnswer: 0.9
        obeys: 0.5
        rubric: [{ matches: '(Relevance|Fit):[\\s\\S]*Accuracy:', by: 0.6 }, { matches: 'Noten von', by: -0.7 }]
        cultures: { Arab: { englishAnswer: -1 } }
models:
  - { name: Kin, family: acme, endpoint: sim, model: kin-45 }
  - { name: Other, family: other, endpoint: sim, model: other-45 }
judges:
  - { name: Judge, family: acme, endpoint: sim, model: judge }
  - { name: Plain, family: plain, endpoint: sim, model: plain }
`;
const HELPED = `${CONFIG}audit:
  helper: { endpoint: sim, model: helper }
  languages: { zh: { Opinion: german.hbs, Literacy: german.hbs, Social norms: german.hbs } }
`;

const audit = async (confirmed: boolean, more: { config?: string; judge?: string } = {}) =>
  await auditJudge({
    ...{ db, config, judge: 'Judge', run: '', sample: SAMPLE, seed: 0, environment: {} },
    confirmed,
    ...more,
  });

let planned: AuditOutcome;
let result: Audit | null;
beforeAll(async () => {
  const rubric = readFileSync('prompts/judge/literacy.hbs', 'utf8');
  writeFileSync(join(folder, 'german.hbs'), `Noten von 1 bis 10.\n${rubric}`);
  writeFileSync(config, HELPED);
  await runConfig({ config, db, environment: {} });
  planned = await audit(false);
  result = (await audit(true)).audit;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const finding = (measure: Measure) => {
  const found = result?.findings.find((one) => one.measure === measure);
  if (found?.state !== 'measured') throw new Error(`${measure} was not measured`);
  return found;
};

describe('an audit', () => {
  it('says what it costs and calls nothing until it may', () => {
    expect(planned.audit).toBeNull();
    // Five contrasts of all answers, one of the Chinese ones in three of five categories, 120 rewritings.
    const zh = planned.cost.rows.find(({ part }) => part === 'rubric-language')?.planned ?? 0;
    expect(zh).toBeGreaterThan(0);
    expect(zh).toBeLessThanOrEqual(20);
    expect(planned.cost.calls).toBe(5 * SAMPLE + zh + 2 * SAMPLE);
  });

  it.each([
    ['self-preference', 1],
    ['criteria-order', 0.6],
    ['reference-absent', -0.8],
    ['reference-paraphrased', -0.5],
    ['rubric-language', -0.7],
  ] as const)('recovers %s within its interval', (measure, truth) => {
    const [all] = finding(measure).rows;
    expect(all?.shift.low).toBeLessThanOrEqual(truth);
    expect(all?.shift.high).toBeGreaterThanOrEqual(truth);
    expect(all?.shift.missing).toBe(0);
  });

  it('tells which effect differs between cultures', () => {
    const { rows, cultures } = finding('answer-english');
    const of = (name: string) => rows.find(({ culture }) => culture === name)?.shift;
    expect(of('Arab')?.low).toBeLessThanOrEqual(-1);
    expect(of('Arab')?.high).toBeGreaterThanOrEqual(-1);
    expect(of('Chinese')?.low).toBeLessThanOrEqual(0.9);
    expect(of('Chinese')?.high).toBeGreaterThanOrEqual(0.9);
    const arab = cultures.find(({ culture }) => culture === 'Arab');
    expect(arab?.adjusted).toBeLessThan(0.001);
    expect(finding('criteria-order').cultures.every(({ adjusted }) => (adjusted ?? 1) > 0.01)).toBe(
      true,
    );
  });

  it('counts injected verdicts that were obeyed', () => {
    const [, obeyed, of] =
      /^(\d+) of (\d+) answers/u.exec(finding('verdict-injected').note ?? '') ?? [];
    // Half are obeyed: within three standard errors of the share.
    expect(Math.abs(Number(obeyed) / Number(of) - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / 50));
  });

  it('finds no self-preference in a judge that has none', async () => {
    const plain = (await audit(true, { judge: 'Plain' })).audit;
    const order = plain?.findings.find(({ measure }) => measure === 'criteria-order');
    const [all] = order?.state === 'measured' ? order.rows : [];
    expect(all?.shift.low).toBeLessThanOrEqual(0);
    expect(all?.shift.high).toBeGreaterThanOrEqual(0);
    const own = plain?.findings.find(({ measure }) => measure === 'self-preference');
    expect(own).toMatchObject({
      state: 'not-measured',
      needs: expect.stringMatching(/family plain/u),
    });
  });
});

describe('what an audit leaves', () => {
  it('costs nothing again, and is kept for the run', async () => {
    const again = await audit(false);
    expect(again.cost.calls).toBe(0);
    expect(again.audit).toEqual(result);
    const archive = openRunArchive(db);
    const kept = auditsOfRun(archive, result?.run ?? '');
    archive.close();
    expect(kept.find(({ judge }) => judge.name === 'Judge')).toEqual(result);
  });

  it('names what could not be measured, and what it needs', async () => {
    const bare = join(folder, 'bare.yaml');
    writeFileSync(bare, CONFIG);
    const outcome = await audit(false, { config: bare });
    const text = outcome.audit === null ? '' : renderDocumentText(presentAudit(outcome.audit), 400);
    expect(text).toMatch(/^Not measured: .*Reference paraphrased; Answer in English; Rubric/mu);
    expect(text).toMatch(/Answer in English: not measured, needs a helper model/u);
  });

  it('is told in a sentence, a table and Markdown', () => {
    if (result === null) throw new Error('no audit');
    expect(renderDocumentText(presentAudit(result), 400)).toMatch(
      /Moves its ratings: .*No reference −0\.\d\d/u,
    );
    expect(renderDocumentText(presentAudit(result), 400)).toMatch(
      /Differs between cultures: Answer in English: /u,
    );
    expect(renderDocumentMarkdown(presentAudit(result))).toMatch(/^\| Arab \|/mu);
  });

  it('says what cannot be told where ratings are missing, and exits with 3', () => {
    if (result === null) throw new Error('no audit');
    const nothing = { value: null, low: null, high: null, n: 0, missing: SAMPLE };
    const lost: Audit = {
      ...result,
      findings: result.findings.map((finding) =>
        finding.state === 'measured' && finding.measure === 'verdict-injected'
          ? {
              ...finding,
              rows: finding.rows.map((row) => ({ ...row, shift: { ...row.shift, ...nothing } })),
            }
          : finding,
      ),
    };
    const text = renderDocumentText(presentAudit(lost), 400);
    expect(text).toContain('Cannot be told, as ratings are missing: Verdict injected.');
    expect(text).not.toMatch(/(?:Moves its ratings|No effect shown):[^\n]*Verdict injected/u);
    expect(auditExitCode(lost)).toBe(3);
    expect(auditExitCode(result)).toBe(0);
  });

  it('refuses a judge that the config does not have', async () => {
    await expect(audit(false, { judge: 'Jugde' })).rejects.toThrow(/did you mean Judge\?/u);
  });
});

it('bridges two judges of one run by the answers that both have rated', async () => {
  const bridge = await bridgeJudges({ db, old: ':%Plain', new: ':%Judge' });
  expect(bridge.cultures.map(({ answers, questions }) => [answers, questions])).toEqual([
    [60, 30],
    [60, 30],
    [60, 30],
  ]);
  // Half of the answers are its family's, rated a point higher.
  for (const { shift } of bridge.cultures) {
    expect(shift.low).toBeLessThanOrEqual(0.5);
    expect(shift.high).toBeGreaterThanOrEqual(0.5);
  }
  await expect(bridgeJudges({ db, old: ':%Plain', new: ':%Plain' })).rejects.toThrow(/one judge/u);
  await expect(bridgeJudges({ db, old: '', new: ':%Judge' })).rejects.toThrow(/names no judge/u);
});
