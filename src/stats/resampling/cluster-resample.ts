import { intAt, pick } from '../at.ts';
import { codeLabels } from '../means/describe.ts';
import type { Random } from '../random/random.ts';

/** Observations by cluster and clusters by stratum, with room for one resample. */
export interface ClusterSample {
  /** Positions of the observations of every cluster. */
  readonly members: readonly Int32Array[];
  /** Clusters of every stratum. */
  readonly strata: readonly Int32Array[];
  /** Strata of two clusters and more, and of one. */
  readonly resampled: number;
  readonly fixed: number;
  /** Reused by every resample: as long as the longest can be. */
  readonly room: Int32Array;
}

/** Groups positions 0, 1, 2 … by their code. */
function byCode(codes: Int32Array): Int32Array[] {
  const groups: number[][] = [];
  codes.forEach((code, position) => {
    const group = groups[code];
    if (group) group.push(position);
    else groups[code] = [position];
  });
  return groups.map((group) => Int32Array.from(group));
}

/** A cluster that has observations in several strata counts as one cluster in each. */
export function sampleOf(
  clusters: readonly (string | number)[],
  strata?: readonly (string | number)[],
): ClusterSample {
  const clusterCodes = codeLabels(clusters);
  const stratumCodes = codeLabels(strata ?? clusters.map(() => 0));
  const keys = clusters.map((_, row) => `${intAt(stratumCodes, row)}:${intAt(clusterCodes, row)}`);
  const members = byCode(codeLabels(keys));
  const stratumOf = members.map((rows) => intAt(stratumCodes, intAt(rows, 0)));
  const grouped = byCode(Int32Array.from(stratumOf));
  const longest = grouped.reduce((sum, stratum) => {
    const largest = stratum.reduce((most, c) => Math.max(most, pick(members, c).length), 0);
    return sum + largest * stratum.length;
  }, 0);
  const fixed = grouped.filter((stratum) => stratum.length === 1).length;
  return {
    members,
    strata: grouped,
    resampled: grouped.length - fixed,
    fixed,
    room: new Int32Array(longest),
  };
}

function copy(rows: Int32Array, room: Int32Array, offset: number): number {
  for (let index = 0; index < rows.length; index += 1) room[offset + index] = intAt(rows, index);
  return offset + rows.length;
}

/** Draws as many clusters as each stratum has, with replacement. The result is valid until the next call. */
export function resample(sample: ClusterSample, random: Random): Int32Array {
  let length = 0;
  for (const stratum of sample.strata) {
    for (let draw = 0; draw < stratum.length; draw += 1) {
      const cluster = intAt(stratum, random.int(stratum.length));
      length = copy(pick(sample.members, cluster), sample.room, length);
    }
  }
  return sample.room.subarray(0, length);
}

/** All observations but one cluster's. The result is valid until the next call. */
export function without(sample: ClusterSample, left: number): Int32Array {
  let length = 0;
  sample.members.forEach((rows, cluster) => {
    if (cluster !== left) length = copy(rows, sample.room, length);
  });
  return sample.room.subarray(0, length);
}
