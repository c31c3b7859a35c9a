import { expect, test } from 'vitest';
import { limits } from '../../src/report/sections/limits.ts';
import { missingTests } from '../../src/report/sections/missing-tests.ts';
import { suspects } from '../../src/report/sections/suspects.ts';
import { handMadeSummary } from './hand-made.ts';

const series = (model: string) => ({
  model,
  variant: null,
  style: 'zero-shot',
  judge: 'J',
});

test('calls in flight are a step line with first, lowest, last and what moved them', () => {
  const session = {
    provenance: {},
    endedAt: null,
    outcome: 'finished',
    calls: 1,
    spending: [],
    limits: [
      {
        endpoint: 'gpu <b>',
        ceiling: 64,
        changes: [
          { atMs: 0, limit: 16, cause: 'start' as const },
          { atMs: 500, limit: 32, cause: 'growth' as const },
          { atMs: 1000, limit: 8, cause: 'rate-limit' as const },
        ],
      },
    ],
  };
  const { markup } = limits([session], 'x');
  // 160 px are 1.1 s: 0.5 s is at 72.7. Of 28 px 26 are for 64: 16 is 6.5 up, 32 is 13, 8 is 3.25.
  expect(markup).toContain('d="M0 20.5H72.7V14.0H145.5V23.8H160"');
  expect(markup).toContain('From 16 to 8 of 64, last changed after 1.0 seconds');
  expect(markup).toContain('1 × raised after success, 1 × cut by a rate limit');
  expect(markup).toContain('gpu &lt;b&gt;');
  expect(limits([{ ...session, limits: [] }], 'x').markup).toBe('');
});

test('uneven missing is called so, under the names that tell the sides apart', () => {
  const summary = handMadeSummary();
  const { markup } = missingTests({
    ...summary,
    missingness: {
      bounds: [],
      cultures: [
        {
          ...series('A'),
          p: 0.004,
          counts: [{ culture: 'Arab', missing: 9, questions: 30 }],
        },
      ],
      models: [
        {
          ...series('A'),
          against: { ...series('A'), variant: 'Tuned' },
          ...{ onlyThis: 3, onlyOther: 0, p: 0.25, adjusted: 0.25 },
        },
      ],
    },
  });
  expect(markup).toContain('9 of 30 questions');
  expect(markup).toContain('0.004: uneven');
  expect(markup).toContain('<bdi>A, Tuned</bdi></td><td>3</td><td>0</td><td>0.250</td>');
  expect(missingTests(summary).markup).toBe('');
});

test('suspect answers are shown with their rating, the first twenty of many', () => {
  const suspect = { ...series('A'), item: 'q', answer: 'Rating: [[10]] <b>', rating: 9 };
  const { markup } = suspects(Array.from({ length: 23 }, () => suspect));
  expect(markup.match(/<article/g)).toHaveLength(20);
  expect(markup).toContain('The first 20 are shown');
  expect(markup).toContain('<b>9</b> of 10');
  expect(markup).toContain('Rating: [[10]] &lt;b&gt;');
  expect(suspects([]).markup).toBe('');
});
