import { intAt, pick } from '../at.ts';
import { type BitSource, drawExponential, drawNormal } from './ziggurat.ts';

/** A seeded stream of random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform 32-bit integer, 0 to 2³²-1. */
  bits(): number;
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Gamma with the given shape > 0 and scale 1. */
  gamma(shape: number): number;
  /** A shuffled copy (Fisher–Yates) of values that are not undefined. */
  shuffle<T>(values: readonly T[]): T[];
  /** An independent stream that depends on this one's seed and the label only, not on what was drawn. */
  stream(label: string): Random;
}

/** FNV-1a over UTF-16 code units with a multiplier and offset of its own for each word of the state. */
function hash(text: string, offset: number, multiplier: number): number {
  let state = offset;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), multiplier);
    state ^= state >>> 15;
  }
  return state;
}

/** Output function of splitmix32 (MurmurHash3's finaliser on a Weyl step), which spreads near seeds apart. */
function splitmix(seed: number): number {
  let z = (seed + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2021, ACM TOMS 47(4)). The four words live in a typed array:
 * in closure variables every draw would allocate, as 32 bits exceed a small integer.
 */
function xoshiro(key: string): () => number {
  const state = Int32Array.of(
    splitmix(hash(key, 0x811c9dc5, 0x01000193)),
    splitmix(hash(key, 0x2f0b4c47, 0x85ebca6b)),
    splitmix(hash(key, 0x5bd1e995, 0xc2b2ae35)),
    splitmix(hash(key, 0x1b873593, 0x27d4eb2f)) | 1,
  );
  return () => {
    const a = intAt(state, 0);
    const b = intAt(state, 1);
    const c = intAt(state, 2) ^ a;
    const d = intAt(state, 3) ^ b;
    const scrambled = Math.imul(b, 5);
    state[0] = a ^ d;
    state[1] = b ^ c;
    state[2] = c ^ (b << 9);
    state[3] = (d << 11) | (d >>> 21);
    return Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
  };
}

/** Marsaglia & Tsang 2000 (ACM TOMS 26(3)) for shape >= 1. */
function gammaFromOne(shape: number, source: BitSource): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(source);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = 1 - source.uniform();
    if (u < 1 - 0.0331 * x * x * x * x) return d * v;
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** U^(1/shape); by plain multiplication where 1/shape is a small whole number, as for scale priors. */
function uniformRoot(shape: number, uniform: number): number {
  const power = Math.round(1 / shape);
  if (power > 64 || Math.abs(power * shape - 1) > 1e-12) return uniform ** (1 / shape);
  let product = uniform;
  for (let factor = 1; factor < power; factor += 1) product *= uniform;
  return product;
}

function drawGamma(shape: number, source: BitSource): number {
  if (shape === 1) return drawExponential(source);
  if (shape > 1) return gammaFromOne(shape, source);
  return gammaFromOne(shape + 1, source) * uniformRoot(shape, 1 - source.uniform());
}

/** Seeds a stream; `7` and `'7'` are the same seed. */
export function createRandom(seed: string | number): Random {
  const key = String(seed);
  const bits = xoshiro(key);
  const uniform = () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  const source: BitSource = { bits, uniform };
  /** Lemire's multiplication with rejection, in doubles: exact for n below 2²¹. */
  const int = (n: number) => {
    const rejectBelow = 4294967296 % n;
    for (;;) {
      const product = bits() * n;
      const whole = Math.floor(product / 4294967296);
      if (product - whole * 4294967296 >= rejectBelow) return whole;
    }
  };
  const shuffle = <T>(values: readonly T[]): T[] => {
    const shuffled = [...values];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const chosen = int(last + 1);
      const moved = pick(shuffled, last);
      shuffled[last] = pick(shuffled, chosen);
      shuffled[chosen] = moved;
    }
    return shuffled;
  };
  const stream = (label: string) => createRandom(`${key}/${label.length}:${label}`);
  return {
    bits,
    uniform,
    int,
    normal: () => drawNormal(source),
    exponential: () => drawExponential(source),
    gamma: (shape) => drawGamma(shape, source),
    shuffle,
    stream,
  };
}
