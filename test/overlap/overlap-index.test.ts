import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableText } from '../../src/overlap/comparable-text.ts';
import { containment, createOverlapIndex } from '../../src/overlap/overlap-index.ts';

describe('comparableText', () => {
  it('folds what two writers of one text do differently', () => {
    expect(comparableText('Ｗhat is “Jianbing” (煎饼)？')).toBe('whatisjianbing煎饼');
    // Arabic vowel signs and the stretching stroke are optional; letters are not.
    expect(comparableText('الكُشَرِيّ، الكـشري')).toBe('الكشريالكشري');
    expect(comparableText('ｶﾞﾝ\u200b\u00a0がん')).toBe('ガンがん');
  });
});

describe('createOverlapIndex', () => {
  it('gives the share of a known text’s distinct 8-grams that another has', () => {
    // abcdefghij has three 8-grams: abcdefgh, bcdefghi, cdefghij. The other text has the first two.
    const index = createOverlapIndex(['abcdefghij']);
    expect(index.find('xx abcdefghi yy', 0.5)).toEqual([{ known: 0, share: 2 / 3, exact: false }]);
    expect(index.find('xx abcdefghi yy', 0.7)).toEqual([]);
    expect(index.find('Abcdefghij!', 0.5)).toEqual([{ known: 0, share: 1, exact: true }]);
  });

  it('finds a text too short for 8-grams only where it is all of another', () => {
    const index = createOverlapIndex(['是什么？', 'abc']);
    expect(index.find('是什么', 0.5)).toEqual([{ known: 0, share: 1, exact: true }]);
    expect(index.find('这个是什么', 0.5)).toEqual([]);
    expect(index.find('…', 0.5)).toEqual([]);
  });

  it('finds every text that shares a gram, and each lookup by itself', () => {
    const index = createOverlapIndex(['0123456789', 'abcdefgh01234567', '01234567']);
    const known = (text: string, least: number) => index.find(text, least).map((one) => one.known);
    expect(known('01234567', 0.1)).toEqual([0, 1, 2]);
    expect(known('zzzzzzzzzz', 0.1)).toEqual([]);
    expect(known('01234567', 0.5)).toEqual([2]);
  });

  it('agrees with a plain count of grams on random texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '中', 'ع'), maxLength: 24 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), text, (known, other) => {
        const found = createOverlapIndex(known).find(other, 0.25);
        const plain = known.flatMap((one, at) => {
          const share = containment(one, other);
          return share !== null && share >= 0.25 ? [{ at, share }] : [];
        });
        const long = found.filter(({ known: at }) => comparableText(known[at] ?? '').length >= 8);
        expect(long.map((one) => ({ at: one.known, share: one.share }))).toEqual(plain);
      }),
      { seed: 18, numRuns: 300 },
    );
  });
});
