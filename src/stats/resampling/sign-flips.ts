import { at, intAt } from '../at.ts';
import type { Random } from '../random/random.ts';

/** Observations summed by cluster within stratum; entries of one stratum lie side by side. */
export interface FlipLayout {
  /** Cluster of every entry. */
  readonly entryCluster: Int32Array;
  /** Entry of every observation. */
  readonly observationEntry: Int32Array;
  /** First entry of every stratum, and the number of entries at the end. */
  readonly stratumStart: Int32Array;
  /** First chunk of eight entries of every stratum, and the number of chunks at the end. */
  readonly chunkStart: Int32Array;
  readonly clusters: number;
}

const highest = (codes: Int32Array) => codes.reduce((top, code) => Math.max(top, code), -1);

/** Lays observations out; codes count from 0. Clusters may span strata: their entries flip together. */
export function layOut(strata: Int32Array, clusters: Int32Array): FlipLayout {
  const strataCount = highest(strata) + 1;
  const clusterCount = highest(clusters) + 1;
  const keyOf = (index: number) => intAt(strata, index) * clusterCount + intAt(clusters, index);
  const keys = [...new Set(Array.from(strata, (_, index) => keyOf(index)))].sort((a, b) => a - b);
  const entryOf = new Map(keys.map((key, entry) => [key, entry]));
  const stratumStart = new Int32Array(strataCount + 1);
  for (const key of keys) {
    const next = Math.floor(key / clusterCount) + 1;
    stratumStart[next] = intAt(stratumStart, next) + 1;
  }
  const chunkStart = new Int32Array(strataCount + 1);
  for (let stratum = 1; stratum <= strataCount; stratum += 1) {
    const entries = intAt(stratumStart, stratum);
    chunkStart[stratum] = intAt(chunkStart, stratum - 1) + Math.ceil(entries / 8);
    stratumStart[stratum] = entries + intAt(stratumStart, stratum - 1);
  }
  return {
    entryCluster: Int32Array.from(keys, (key) => key % clusterCount),
    observationEntry: Int32Array.from(strata, (_, index) => entryOf.get(keyOf(index)) ?? -1),
    stratumStart,
    chunkStart,
    clusters: clusterCount,
  };
}

/** Flips as masks: bit i of a chunk's byte says that the chunk's i-th entry changes sign. */
export interface Flips {
  readonly count: number;
  /** Flip by flip, one byte a chunk. */
  readonly masks: Uint8Array;
  readonly exact: boolean;
}

function packMasks(layout: FlipLayout, signs: Uint8Array, into: Uint8Array): void {
  into.fill(0);
  const strata = layout.stratumStart.length - 1;
  for (let stratum = 0; stratum < strata; stratum += 1) {
    const start = intAt(layout.stratumStart, stratum);
    const end = intAt(layout.stratumStart, stratum + 1);
    const firstChunk = intAt(layout.chunkStart, stratum);
    for (let entry = start; entry < end; entry += 1) {
      const place = entry - start;
      const chunk = firstChunk + (place >> 3);
      if (signs[intAt(layout.entryCluster, entry)]) {
        into[chunk] = Number(into[chunk]) | (1 << (place & 7));
      }
    }
  }
}

/** All 2^G flips, the identity first. */
export function allFlips(layout: FlipLayout): Flips {
  const count = 2 ** layout.clusters;
  return fillFlips(layout, count, true, (flip, signs) => {
    for (let cluster = 0; cluster < signs.length; cluster += 1)
      signs[cluster] = (flip >> cluster) & 1;
  });
}

/** `count` random flips, each sign a fair coin. */
export function randomFlips(layout: FlipLayout, count: number, random: Random): Flips {
  return fillFlips(layout, count, false, (_, signs) => {
    let bits = 0;
    for (let cluster = 0; cluster < signs.length; cluster += 1) {
      bits = cluster % 32 === 0 ? random.bits() : bits >>> 1;
      signs[cluster] = bits & 1;
    }
  });
}

function fillFlips(
  layout: FlipLayout,
  count: number,
  exact: boolean,
  drawSigns: (flip: number, signs: Uint8Array) => void,
): Flips {
  const chunks = intAt(layout.chunkStart, layout.chunkStart.length - 1);
  const masks = new Uint8Array(count * chunks);
  const signs = new Uint8Array(layout.clusters);
  for (let flip = 0; flip < count; flip += 1) {
    drawSigns(flip, signs);
    packMasks(layout, signs, masks.subarray(flip * chunks, (flip + 1) * chunks));
  }
  return { count, masks, exact };
}

/**
 * Sums of eight entries at a time under each of their 256 sign patterns, so that a flip of a whole
 * stratum costs one look-up a chunk instead of eight additions.
 */
export function chunkSums(layout: FlipLayout, entries: Float64Array): Float64Array {
  const chunks = intAt(layout.chunkStart, layout.chunkStart.length - 1);
  const sums = new Float64Array(chunks * 256);
  for (let stratum = 0; stratum + 1 < layout.stratumStart.length; stratum += 1) {
    const end = intAt(layout.stratumStart, stratum + 1);
    let chunk = intAt(layout.chunkStart, stratum);
    for (let start = intAt(layout.stratumStart, stratum); start < end; start += 8) {
      fillChunk(
        sums.subarray(chunk * 256, (chunk + 1) * 256),
        entries.subarray(start, Math.min(start + 8, end)),
      );
      chunk += 1;
    }
  }
  return sums;
}

/** Each pattern from the one without its lowest set bit; bits beyond the last entry change nothing. */
function fillChunk(sums: Float64Array, entries: Float64Array): void {
  sums[0] = entries.reduce((sum, value) => sum + value, 0);
  for (let mask = 1; mask < 256; mask += 1) {
    const bit = 31 - Math.clz32(mask & -mask);
    const value = bit < entries.length ? at(entries, bit) : 0;
    sums[mask] = at(sums, mask & (mask - 1)) - 2 * value;
  }
}
