import type { CallError } from '../domain/call.ts';
import type { QuotaReading } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import { createPacer, type RateLimits } from './pacer.ts';
import { createQuotaPace } from './quota-pace.ts';

export interface AdmissionOptions {
  readonly rates: RateLimits;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly onClosed: (error: CallError, model: string | null) => void;
}

/** Decides when calls to one endpoint may go, and whether at all. */
export interface Admission {
  isOpen(model: string): boolean;
  /** Waits for the pace, for a quota that runs out and for a hold to end. */
  waitForTurn(model: string, tokenEstimate: number): Promise<void>;
  /** Takes in what the endpoint says is left of a model's quota. */
  learnQuota(model: string, reading: QuotaReading): void;
  /** Holds back every call for a while: the endpoint said that it has had enough. */
  hold(ms: number): void;
  /** Ends the endpoint's use; for an unknown model only that model's. Told once. */
  close(error: CallError, model: string): void;
  /** Ends one model's use, whatever the error is. Told once. */
  closeModel(error: CallError, model: string): void;
  /** Ends the endpoint's use whatever the error is. */
  closeAll(error: CallError): void;
}

/** Held calls come back spread over this time, not as one burst. */
const SPREAD_MS = 100;

export function createAdmission({ rates, clock, stop, onClosed }: AdmissionOptions): Admission {
  const pacer = createPacer(rates, clock);
  const quota = createQuotaPace(clock);
  const closedModels = new Set<string>();
  let closed = false;
  let heldUntil = -Infinity;

  function closeAll(error: CallError): void {
    if (closed) return;
    closed = true;
    onClosed(error, null);
  }

  function closeModel(error: CallError, model: string): void {
    if (closed || closedModels.has(model)) return;
    closedModels.add(model);
    onClosed(error, model);
  }

  return {
    isOpen: (model) => !closed && !closedModels.has(model) && !stop.aborted,
    learnQuota: quota.learn,
    waitForTurn: async (model, tokens) => {
      const paced = pacer.reserve(tokens);
      if (paced > 0) await clock.sleep(paced, stop);
      for (let wait = quota.admit(model, tokens); wait > 0 && !stop.aborted; ) {
        await clock.sleep(wait, stop);
        wait = quota.admit(model, tokens);
      }
      while (heldUntil > clock.monotonic() && !stop.aborted) {
        await clock.sleep(heldUntil - clock.monotonic() + SPREAD_MS * clock.random(), stop);
      }
    },
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, clock.monotonic() + ms);
    },
    close: (error, model) => {
      if (error.kind === 'not-found') closeModel(error, model);
      else closeAll(error);
    },
    closeModel,
    closeAll,
  };
}
