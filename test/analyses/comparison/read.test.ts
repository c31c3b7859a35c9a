import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { runConfig } from '../../../src/run/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-compare-'));
const db = join(folder, 'store.sqlite');
let run = '';

beforeAll(async () => {
  ({ runId: run } = await runConfig({ config: 'configs/demo.yaml', db, limit: 12 }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cli(...argv: string[]) {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts) => ({
    write: (text: string) => {
      texts[name] += text;
      return true;
    },
  });
  const code = await runCli([...argv, '--db', db], {
    stdout: output('stdout'),
    stderr: output('stderr'),
    environment: {},
    signals: process,
  });
  return { code, ...texts };
}

describe('care-judge compare', () => {
  it('compares two series of the newest run, first minus second', async () => {
    const { code, stdout } = await cli('compare', ':Weak@zero-shot', ':Strong@zero-shot', '--json');
    const set = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(set.series).toEqual(['Weak, zero-shot', 'Strong, zero-shot']);
    expect(set.comparisons[0].rows[0]).toMatchObject({ by: {}, n: 12, finding: 'baseline-higher' });
  });

  it('compares all pairs that a single selector matches', async () => {
    const { stdout } = await cli('compare', `${run.slice(0, 6)}:@role-play`, '--json');
    expect(JSON.parse(stdout).comparisons).toHaveLength(3);
  });

  it('prints a sentence and writes Markdown', async () => {
    const out = join(folder, 'comparison.md');
    const { stdout } = await cli('compare', ':Strong@role-play', ':Weak@role-play', '--out', out);
    expect(stdout).toContain('Strong, role-play is rated higher than Weak, role-play: +');
    expect(readFileSync(out, 'utf8')).toContain('# Strong, role-play − Weak, role-play\n');
  });

  it('writes a page or JSON where the file is called so, and says what is simulated', async () => {
    const [page, json] = [join(folder, 'comparison.html'), join(folder, 'comparison.json')];
    const sides = [':Strong@role-play', ':Weak@role-play'];
    const { stderr } = await cli('compare', ...sides, '--out', page);
    await cli('compare', ...sides, '--out', json);
    expect(stderr).toContain('they measure no model');
    const markup = readFileSync(page, 'utf8');
    expect(markup).toContain('<title>Comparison (simulated) · care-judge</title>');
    const set = JSON.parse(readFileSync(json, 'utf8'));
    const { difference, wins, ties, losses } = set.comparisons[0].rows[0];
    expect(markup).toContain(`<td class="text"><bdi>+${difference.toFixed(2)}</bdi></td>`);
    expect(markup).toContain(`<td class="text"><bdi>${wins}/${ties}/${losses}</bdi></td>`);
  });

  it.each([
    [
      [':Strong', ':Weak@zero-shot'],
      /":Strong" means 3 series; name one of them:\n {2}.*:Strong@zero-shot\n/,
    ],
    [[':Stong@zero-shot', ':Weak@zero-shot'], /matches nothing .*Did you mean :Strong@zero-shot\?/],
    [['Strong', ':Weak@zero-shot'], /has no run "Strong"[\s\S]*colon before it: :Strong/],
    [[':Weak@zero-shot', ':Weak@zero-shot'], /named twice/],
    [[':Weak@zero-shot'], /Name a second side/],
  ])('refuses %j and lists the choices', async (sides, message) => {
    const { code, stderr, stdout } = await cli('compare', ...sides);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });
});

describe('care-judge power', () => {
  it('takes the spread from a pilot run and says where it is from', async () => {
    const { code, stdout } = await cli('plan', '--run', run, '--json');
    const plan = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(plan.questions).toBe(12);
    expect(plan.source).toContain(`measured in ${run}`);
    expect(plan.next).toBeNull();
  });

  it('plans a config with given spreads, and says where the next call belongs', async () => {
    const { stdout } = await cli(
      ...['plan', 'configs/demo.yaml', '--sd', '2', '--sd-diff', '2', '--variances', '3,1,0'],
    );
    // 90 questions: t(.975; 75) · 2/√90 = .42; nct with 75 df: 2.837 · 2/√90 = .60, 2.509 · 2/√90 = .53.
    expect(stdout).toMatch(/All +90 +0\.42 +0\.60 +0\.53/);
    expect(stdout).toContain('spent on more questions');
  });

  it('refuses to plan nothing, and costs of 0', async () => {
    expect(await cli('plan')).toMatchObject({ code: 2 });
    expect(await cli('plan', '--run', run, '--costs', '0,0,1')).toMatchObject({ code: 2 });
  });
});
