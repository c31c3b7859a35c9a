import type { BatchOperation } from '../wire/routes.ts';
import type { WireReply } from '../wire/wire-reply.ts';
import type { BatchCourse, BatchFault, ResultLine } from './batch-fault.ts';
import { BATCH_FAULTS, type BatchFaultName } from './faults/index.ts';

/** A fault and how often it happens before all is well. */
export interface PlannedBatchFault {
  readonly fault: BatchFaultName;
  readonly times: number | 'always';
}

/** Decides which requests and batches go wrong. */
export class DeskFaults {
  readonly #plan: { readonly fault: BatchFault; readonly name: BatchFaultName; left: number }[];
  readonly #onFault: (name: BatchFaultName) => void;

  constructor(plan: readonly PlannedBatchFault[], onFault: (name: BatchFaultName) => void) {
    this.#plan = plan.map(({ fault, times }) => ({
      fault: BATCH_FAULTS[fault],
      name: fault,
      left: times === 'always' ? Number.POSITIVE_INFINITY : times,
    }));
    this.#onFault = onFault;
  }

  reply(operation: BatchOperation): WireReply | 'lost' | null {
    return this.#next(({ reply }) => (reply?.to === operation ? reply.with : null));
  }

  course(): Partial<BatchCourse> {
    return this.#next(({ course }) => course ?? null) ?? {};
  }

  results(lines: readonly ResultLine[]): readonly ResultLine[] {
    return this.#next(({ results }) => results ?? null)?.(lines) ?? lines;
  }

  text(output: string): string {
    return this.#next(({ text }) => text ?? null)?.(output) ?? output;
  }

  #next<Effect>(effectOf: (fault: BatchFault) => Effect | null): Effect | null {
    for (const planned of this.#plan) {
      const effect = planned.left > 0 ? effectOf(planned.fault) : null;
      if (effect === null) continue;
      planned.left -= 1;
      this.#onFault(planned.name);
      return effect;
    }
    return null;
  }
}
