import { expect, test } from 'vitest';
import { isInShard, shardName } from '../../src/domain/shard.ts';

// SHA-256 of "abc" (FIPS 180-2, appendix B.1) begins ba7816bf 8f01cfea: modulo 8 that is ea modulo 8 = 2.
test('a question’s shard is the first 8 bytes of its SHA-256 modulo the count', () => {
  const shards = Array.from({ length: 8 }, (_, index) => ({ index: index + 1, count: 8 }));
  expect(shards.filter((shard) => isInShard('abc', shard)).map(shardName)).toEqual(['3/8']);
});

// 0xba7816bf8f01cfea = 13436514500253700074, which leaves 4 when divided by 5.
test('the whole of the 8 bytes counts, beyond what a double holds', () => {
  expect(13436514500253700074n % 5n).toBe(4n);
  expect(isInShard('abc', { index: 5, count: 5 })).toBe(true);
});

test('every question is in one shard of any count, and shards are about as large as each other', () => {
  const questions = Array.from({ length: 2000 }, (_, index) => `Question ${index}?`);
  for (const count of [1, 2, 7, 8]) {
    const sizes = Array.from(
      { length: count },
      (_, index) =>
        questions.filter((question) => isInShard(question, { index: index + 1, count })).length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2000);
    // Binomial(2000, 1/count): five standard deviations are at most 5 × √(2000/4) = 112.
    for (const size of sizes) expect(Math.abs(size - 2000 / count)).toBeLessThan(112);
  }
});
