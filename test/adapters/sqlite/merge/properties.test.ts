import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { mergeStores } from '../../../../src/adapters/sqlite/merge/merge-stores.ts';
import {
  contentOf,
  makeFolder,
  QUESTIONS,
  type StoreContent,
  strayJudgments,
  writeStore,
} from './stores.ts';

let folder = makeFolder();
afterEach(() => {
  folder.remove();
  folder = makeFolder();
});

const time = fc.integer({ min: 1, max: 3 });
const call = fc.record({
  status: fc.constantFrom('completed', 'completed', 'completed', 'empty', 'failed'),
  text: fc.constantFrom('x', 'y'),
  endedAt: time,
  judgment: fc.option(
    fc.record({ status: fc.constantFrom('rated', 'rated', 'failed'), endedAt: time }),
  ),
  language: fc.option(fc.integer({ min: 1, max: 2 })),
});
const store: fc.Arbitrary<StoreContent> = fc.record({
  calls: fc.record(
    Object.fromEntries(QUESTIONS.map((name) => [name, fc.option(call, { freq: 4 })])),
    { requiredKeys: ['a'] },
  ),
  itemName: fc.constantFrom('a', 'first'),
  startedAt: time,
  shard: fc.constantFrom('1/2', '2/2'),
  ratings: fc.subarray([
    { source: 'one.csv' },
    { source: 'two.csv', culture: 'Arab' },
    { rater: 'Ben', rating: 4, category: 'Literacy' },
  ]),
});

/** Merges into a new store and gives its content. */
function union(name: string, ...files: string[]): { file: string; content: unknown } {
  const file = folder.path(name);
  mergeStores(file, files);
  return { file, content: contentOf(file) };
}

test('merging is commutative, associative and idempotent, and no judgment goes to another answer', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(store, store, store, async (...contents) => {
      round += 1;
      const files = await Promise.all(
        contents.map((content, index) =>
          writeStore(folder.path(`${round}-${index}.sqlite`), content),
        ),
      );
      const [a = '', b = '', c = ''] = files;
      const all = union(`${round}-abc`, a, b, c);
      expect(union(`${round}-cab`, c, a, b).content).toEqual(all.content);
      const ab = union(`${round}-ab`, a, b).file;
      expect(union(`${round}-ab-c`, ab, c).content).toEqual(all.content);
      const bc = union(`${round}-bc`, b, c).file;
      // Into a store that is there, and one of its parts once more.
      mergeStores(bc, [a, all.file, b]);
      expect(contentOf(bc)).toEqual(all.content);
      mergeStores(all.file, [a, b, c, a]);
      expect(contentOf(all.file)).toEqual(all.content);
      expect(union(`${round}-a`, a).content).toEqual(contentOf(a));
      expect(strayJudgments(all.file)).toEqual([]);
    }),
    { seed: 21, numRuns: 12 },
  );
});
