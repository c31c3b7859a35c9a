import type { RunArchive } from '../../ports/run-archive.ts';

/** The stores of the two sides; mostly one. */
export interface GateStores {
  readonly candidate: RunArchive;
  readonly baseline: RunArchive;
}
