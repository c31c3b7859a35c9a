import { describe, expect, test } from 'vitest';
import type { TokenChoice, TokenLogprob } from '../../../src/ports/chat-model.ts';
import { expectedRating } from '../../../src/scorers/judge/expected-rating.ts';
import { parseJsonVerdict } from '../../../src/scorers/judge/json-verdict.ts';
import { parseVerdict } from '../../../src/scorers/judge/verdict.ts';

/** A token that had no alternative. */
function sure(text: string): TokenLogprob {
  return token(text, { [text]: 1 });
}

/** A token with the probabilities of all that could have stood in its place. */
function token(text: string, shares: Readonly<Record<string, number>>): TokenLogprob {
  const top = Object.entries(shares).map(([other, share]) => choice(other, share));
  return { ...choice(text, shares[text] ?? 0), top };
}

function choice(text: string, share: number): TokenChoice {
  return { text, bytes: [...Buffer.from(text)], logprob: Math.log(share) };
}

function expected(tokens: readonly TokenLogprob[], text = tokens.map((one) => one.text).join('')) {
  return expectedRating(text, parseVerdict(text), tokens);
}

const OPENING = [sure('Good'), sure('.\n\n'), sure('Rating'), sure(':'), sure(' [[')];

test('the expectation is over the ratings alone, and the rest of the probability is said as mass', () => {
  // Σ s p = 0.7 · 8 + 0.2 · 7 + 0.06 · 9 = 7.54 over Σ p = 0.96; "N" and " great" are no ratings.
  const found = expected([
    ...OPENING,
    token('8', { 8: 0.7, 7: 0.2, 9: 0.06, N: 0.03, ' great': 0.01, 10: 0 }),
    sure(']]'),
  ]);
  expect(found?.value).toBeCloseTo(7.54 / 0.96, 12);
  expect(found?.mass).toBeCloseTo(0.96, 12);
  // -Σ q ln q with q = 0.7/0.96, 0.2/0.96, 0.06/0.96: 0.230293 + 0.326816 + 0.173287.
  expect(found?.entropy).toBeCloseTo(0.730396, 5);
});

test('a certain rating has no entropy', () => {
  expect(expected([...OPENING, sure('6'), sure(']]')])).toEqual({ value: 6, mass: 1, entropy: 0 });
});

describe('10', () => {
  test('as one token', () => {
    const found = expected([...OPENING, token('10', { 10: 0.75, 9: 0.25 }), sure(']]')]);
    expect(found?.value).toBeCloseTo(9.75, 12);
    expect(found?.mass).toBeCloseTo(1, 12);
  });

  test('as two tokens: what follows the 1 tells 1 and 10 apart', () => {
    // p(10) = 0.8 · 0.9 = 0.72, p(1) = 0.8 · 0.05 = 0.04, p(9) = 0.2; 1.5 and 12 are in none.
    const found = expected([
      ...OPENING,
      token('1', { 1: 0.8, 9: 0.2 }),
      token('0', { 0: 0.9, ']]': 0.05, 2: 0.03, '.': 0.02 }),
      sure(']]'),
    ]);
    expect(found?.mass).toBeCloseTo(0.96, 12);
    expect(found?.value).toBeCloseTo((10 * 0.72 + 0.04 + 9 * 0.2) / 0.96, 12);
  });

  test('behind another digit, a 1 that may go on to 10 is counted in neither', () => {
    const found = expected([...OPENING, token('9', { 9: 0.7, 1: 0.3 }), sure(']]')]);
    expect(found?.value).toBeCloseTo(9, 12);
    expect(found?.mass).toBeCloseTo(0.7, 12);
    expect(found?.entropy).toBeCloseTo(0, 12);
  });

  test('where 10 is one token, a 1 is a 1', () => {
    const found = expected([...OPENING, token('2', { 2: 0.5, 1: 0.4, 10: 0.1 }), sure(']]')]);
    expect(found?.value).toBeCloseTo(0.5 * 2 + 0.4 + 1, 12);
    expect(found?.mass).toBeCloseTo(1, 12);
  });
});

describe('the rating’s place', () => {
  test('is found in a token with a space before it or brackets around it', () => {
    // [[ 8, with alternatives that have the space or not: both are read as ratings.
    const spaced = expected([...OPENING, token(' 8', { ' 8': 0.6, 7: 0.4 }), sure(']]')]);
    expect(spaced?.value).toBeCloseTo(7.6, 12);
    const whole = expected([
      sure('Rating:'),
      token(' [[8]]', { ' [[8]]': 0.5, ' [[1]]': 0.25, ' [8]': 0.25 }),
    ]);
    expect(whole?.value).toBeCloseTo((8 * 0.5 + 0.25) / 0.75, 12);
    expect(whole?.mass).toBeCloseTo(0.75, 12);
  });

  test('is that of the verdict that counts, the last', () => {
    const found = expected([
      ...OPENING,
      token('2', { 2: 0.5, 3: 0.5, 10: 0 }),
      sure(']]'),
      ...OPENING,
      token('5', { 5: 0.9, 6: 0.1 }),
      sure(']]'),
      sure('<|im_end|>'),
    ]);
    expect(found?.value).toBeCloseTo(5.1, 12);
  });

  test('is found behind characters that tokens cut in two', () => {
    const [first, second, third] = [...Buffer.from('茶')];
    const part = (...bytes: (number | undefined)[]): TokenLogprob => {
      const half = { text: '\ufffd', bytes: bytes.map(Number), logprob: 0 };
      return { ...half, top: [half] };
    };
    const tokens = [part(first, second), part(third), ...OPENING, token('4', { 4: 0.5, 5: 0.5 })];
    const found = expected([...tokens, sure(']]')], '茶Good.\n\nRating: [[4]]');
    expect(found?.value).toBeCloseTo(4.5, 12);
  });

  test('is found behind thinking that is no part of the verdict', () => {
    const thinking = [sure('<think>'), sure('Rating: [[2]]'), sure('</think>')];
    const tokens = [...thinking, ...OPENING, token('4', { 4: 0.5, 5: 0.5 }), sure(']]')];
    expect(expected(tokens, 'Good.\n\nRating: [[4]]')?.value).toBeCloseTo(4.5, 12);
  });

  test('is found in a JSON verdict, commentary with numbers or not', () => {
    const tokens = [
      sure('{"commentary":"8 of 9","rating":'),
      token(' 7', { ' 7': 0.5, ' 6': 0.5 }),
      sure('}'),
    ];
    const text = tokens.map((one) => one.text).join('');
    expect(expectedRating(text, parseJsonVerdict(text), tokens)?.value).toBeCloseTo(6.5, 12);
  });

  test('holds the written token even where it is not among the likeliest', () => {
    const written = { ...choice('3', 0.1), top: [choice('4', 0.6), choice('5', 0.3)] };
    const found = expected([...OPENING, written, sure(']]')]);
    expect(found?.value).toBeCloseTo(3 * 0.1 + 4 * 0.6 + 5 * 0.3, 12);
  });

  test('reads full-width digits as the parser does', () => {
    const found = expected([...OPENING, token('８', { '８': 0.5, 6: 0.5 }), sure(']]')]);
    expect(found?.value).toBeCloseTo(7, 12);
  });
});

describe('there is none', () => {
  const rated = [...OPENING, sure('6'), sure(']]')];
  const text = 'Good.\n\nRating: [[6]]';

  test('without probabilities', () => {
    expect(expectedRating(text, parseVerdict(text), null)).toBeNull();
    expect(expectedRating(text, parseVerdict(text), [])).toBeNull();
  });

  test('where the tokens are another text', () => {
    expect(expected([sure('token_id:1')], text)).toBeNull();
  });

  test('for a rating that is no whole number, out of range or not read', () => {
    const decimal = [...OPENING, sure('7'), sure('.'), sure('5'), sure(']]')];
    expect(expected(decimal)).toBeNull();
    expect(expected([...OPENING, sure('11'), sure(']]')])).toBeNull();
    expect(expected(rated, 'Good.')).toBeNull();
  });
});
