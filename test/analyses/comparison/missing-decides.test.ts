import { expect, it } from 'vitest';
import { summarizeRun } from '../../../src/analyses/summary/summarize.ts';
import { plainText } from '../../../src/render/safe-text.ts';
import { runVerdict } from '../../../src/report/words/headline.ts';
import { once, summarySource } from '../summary/run.ts';

/**
 * B rates 2 on 9 hard questions and 8, 9 in turn on 141; A is one lower on every fifth of these and has
 * no rating for the hard ones. Means: A 8.305, B 8.113; on the 141 common ones D = -0.20, p < .001.
 */
const questions = Array.from({ length: 150 }, (_, index) => {
  const hard = index >= 141;
  const b = hard ? 2 : 9 - (index % 2);
  const a = index % 5 === 4 ? b - 1 : b;
  return {
    culture: 'Arab',
    category: index % 2 === 0 ? 'Opinion' : 'Literacy',
    ratings: { A: once(hard ? null : a), B: once(b) },
  };
});

it('names no leader where the higher mean is made by missing questions', () => {
  const summary = summarizeRun(summarySource(questions));
  const total = summary.estimates.filter(({ by }) => Object.keys(by).length === 0);
  expect(total.map(({ model, estimate }) => [model, estimate.value?.toFixed(3)])).toEqual([
    ['A', '8.305'],
    ['B', '8.113'],
  ]);
  expect(total.map(({ tiedWithBest }) => tiedWithBest)).toEqual([true, true]);
  expect(total.map(({ missingDecides }) => missingDecides)).toEqual([true, true]);
  const [first] = runVerdict({ ...summary, planned: 300, rated: 291 }).sentences;
  expect(plainText(first)).toContain('change order with what is missing');
  expect(plainText(first)).toMatch(/^No model leads overall/);
});

it('tests a cell that is all of its category once, at the level of the category', () => {
  // Six against six: one culture and category, so that cell, culture, category and total are one.
  const few = [1, 1, 1, 1, 1, 0].map((gain) => ({
    culture: 'Arab',
    ratings: { A: once(7 + gain), B: once(7) },
  }));
  const { estimates } = summarizeRun(summarySource(few));
  const ofB = estimates.filter(({ model, by }) => model === 'B' && by.scope === undefined);
  expect(ofB.length).toBeGreaterThan(2);
  expect(new Set(ofB.map(({ tiedWithBest }) => tiedWithBest)).size).toBe(1);
});
