import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reverseCriteria } from '../../../src/analyses/audit/biases/criteria-order.ts';

it('reverses the criteria of a rubric and leaves its scale alone', () => {
  const text =
    'Look at:\n- Accuracy: a\n- Depth: b\n- Relevance: c\nScale:\n- 1–2, poor\n- 3–4, weak';
  expect(reverseCriteria({ file: 'r.hbs', text })?.text).toBe(
    'Look at:\n- Relevance: c\n- Depth: b\n- Accuracy: a\nScale:\n- 1–2, poor\n- 3–4, weak',
  );
});

it('finds no criteria in a rubric that has only a scale', () => {
  expect(reverseCriteria({ file: 'r.hbs', text: 'Rate.\n- 1–2, poor\n- 3–4, weak' })).toBeNull();
  expect(reverseCriteria({ file: 'r.hbs', text: '- one thing alone\n' })).toBeNull();
});

it.each(['entities-opinion', 'norms-commonsense', 'literacy'])(
  'reverses the bundled %s',
  (name) => {
    const file = `prompts/judge/${name}.hbs`;
    const text = readFileSync(file, 'utf8');
    const reversed = reverseCriteria({ file, text });
    expect(reversed?.text).not.toBe(text);
    expect(reversed?.text.split('\n').sort()).toEqual(text.split('\n').sort());
  },
);
