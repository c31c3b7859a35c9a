import { describe, expect, it } from 'vitest';
import { nextSpending, planRows } from '../../../src/analyses/power/design.ts';
import { pilotNoise } from '../../../src/analyses/power/pilot-noise.ts';
import { seriesOf } from '../../series/series.ts';

const cell = (culture: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    item: `${culture} ${index}`,
    culture,
    category: 'Opinion',
    cluster: null,
  }));

const noise = { sd: 2, sdDifference: 2, answers: 1, judgings: 1, variances: null };

describe('planRows', () => {
  it('gives half-widths, detectable differences and margins of published sizes', () => {
    // n = 30 and 450, SD 2: t half-width .3734 SD and .0926 SD; scipy.stats.nct: .52924, .13235, .46495.
    const at = (count: number) =>
      planRows({
        questions: cell('Chinese', count),
        noise,
        answers: 1,
        judgings: 1,
        difference: 0.3,
      }).rows[0];
    expect(at(30)?.halfWidth).toBeCloseTo(2 * 0.3734, 3);
    expect(at(30)?.detectable).toBeCloseTo(2 * 0.52924, 4);
    expect(at(30)?.margin).toBeCloseTo(2 * 0.46495, 4);
    expect(at(450)?.halfWidth).toBeCloseTo(2 * 0.0926, 3);
    expect(at(450)?.detectable).toBeCloseTo(2 * 0.13235, 4);
  });

  it('says how many questions find the wanted difference', () => {
    // (1.95996 + .84162)² · 4 / .09 = 348.8 by the normal; scipy.stats.nct at .15 SD: 351.
    const { neededQuestions } = planRows({
      ...{ questions: cell('x', 10), noise, answers: 1, judgings: 1, difference: 0.3 },
    });
    expect(neededQuestions).toBe(351);
  });

  it('takes off what more answers save where reruns were measured', () => {
    const variances = { question: 2, answer: 1.5, judging: 0.5 };
    const measured = { sd: 2, sdDifference: 3, answers: 1, judgings: 1, variances };
    const row = (answers: number) =>
      planRows({ questions: cell('x', 100), noise: measured, answers, judgings: 1, difference: 1 })
        .rows[0];
    // Var of a difference 9 with 2 (1.5 + .5) from reruns; four answers leave 9 - 4 + 1 = 6.
    const ratio = (row(4)?.detectable ?? 0) / (row(1)?.detectable ?? 1);
    expect(ratio).toBeCloseTo(Math.sqrt(6 / 9), 10);
  });
});

describe('nextSpending', () => {
  it('weighs answers and judgings against questions at equal cost', () => {
    // V 3 + 1 + .5; an answer with its judging costs all of a question: (1.5/4.5) · 1; a judging half
    // of it: (.5/4.5) · 2.
    const next = nextSpending(
      { question: 3, answer: 1, judging: 0.5, answers: 1, judgings: 1 },
      { question: 0, answer: 1, judging: 1 },
    );
    expect(next).toMatchObject({ best: 'questions', bestWithin: 'answers' });
    expect(next?.answers).toBeCloseTo(1 / 3, 12);
    expect(next?.judgings).toBeCloseTo(2 / 9, 12);
    expect(next?.optimalJudgings).toBe(1);
  });

  it('sends money to answers where questions have to be written by people', () => {
    const next = nextSpending(
      { question: 3, answer: 1, judging: 0.5, answers: 1, judgings: 1 },
      { question: 50, answer: 1, judging: 1 },
    );
    expect(next?.best).toBe('answers');
    // K* = √(1/3 · 50).
    expect(next?.optimalAnswers).toBeCloseTo(Math.sqrt(50 / 3), 12);
  });
});

describe('pilotNoise', () => {
  it('pools spread within cells, over the median series and pair', () => {
    const first = seriesOf('A', { 'x/y': [4, 6], 'z/y': [1, 3] });
    const second = seriesOf('B', { 'x/y': [4, 8], 'z/y': [1, 5] });
    // A: squares 2 + 2 over 2; B: 8 + 8 over 2; differences 0 -2 and 0 -2: 2 + 2 over 2.
    const found = pilotNoise([first, second]);
    expect(found.sd).toBeCloseTo((Math.sqrt(2) + Math.sqrt(8)) / 2, 12);
    expect(found.sdDifference).toBeCloseTo(Math.sqrt(2), 12);
    expect(pilotNoise([first]).sdDifference).toBeNull();
  });
});
