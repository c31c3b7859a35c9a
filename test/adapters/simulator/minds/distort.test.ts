import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { distort } from '../../../../src/adapters/simulator/minds/distort.ts';
import { drawsFrom } from '../../../../src/adapters/simulator/minds/draws.ts';
import { fillerLanguage } from '../../../../src/adapters/simulator/minds/fillers.ts';

const rowSchema = z.object({ language: z.string(), reference: z.string() });
const items = readFileSync(
  new URL('../../../../configs/items/sample.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => rowSchema.parse(JSON.parse(line)));

function answersOf({ language, reference }: { language: string; reference: string }): string[] {
  return [0.2, 0.4, 0.6, 0.8].flatMap((quality) =>
    [1, 2, 3].map((seed) =>
      distort(reference, {
        language: fillerLanguage(language, reference),
        quality,
        draw: drawsFrom(`${seed} ${quality}`),
      }),
    ),
  );
}

test('answers neither begin with a mark nor double one', () => {
  expect(items).toHaveLength(90);
  const answers = items.flatMap(answersOf);
  expect(answers.filter((answer) => /^[、，；。！？،؛؟.,;!?»」』）”》]/u.test(answer))).toEqual([]);
  expect(answers.filter((answer) => /[、，；。،؛.]\s*[、，；。،؛.]/u.test(answer))).toEqual([]);
  // Quotation marks and brackets come and go as pairs.
  expect(
    answers.filter((answer) =>
      ['「」', '『』', '（）', '“”', '《》', '«»', '()'].some(
        ([open = '', close = '']) => answer.split(open).length !== answer.split(close).length,
      ),
    ),
  ).toEqual([]);
});

test('clauses are dropped whole, and the one before a gap takes the mark of what is missing', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const draw = drawsFrom(String(seed));
    seen.add(distort('甲甲，乙乙；丙丙。', { language: 'zh', quality: 2 / 3, draw }));
  }
  // 9 characters of 3 clauses: the budget of 6 is two of them; no filler fits the room of 3.
  expect([...seen].sort()).toEqual(['乙乙；丙丙。', '甲甲，乙乙。', '甲甲；丙丙。'].sort());
});
