import { sortedQuantile } from '../../stats/distributions/quantile.ts';
import type { FiveNumbers, Lengths } from './schema.ts';
import type { SetItem } from './set-item.ts';
import { wordsOf } from './words.ts';

/** How long questions and references are, by language. */
export function measureLengths(items: readonly SetItem[]): Lengths[] {
  const byLanguage = Map.groupBy(items, ({ item }) => item.language);
  return [...byLanguage].flatMap(([language, entries]) =>
    (['question', 'reference'] as const).map((text) => {
      const texts = entries.map(({ item }) => item[text]);
      return {
        language,
        text,
        n: texts.length,
        characters: fiveNumbers(texts.map((one) => [...one].length)),
        words: fiveNumbers(texts.map((one) => wordsOf(one, language).length)),
      };
    }),
  );
}

function fiveNumbers(values: readonly number[]): FiveNumbers {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number) => sortedQuantile(sorted, p);
  return { min: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), max: at(1) };
}
