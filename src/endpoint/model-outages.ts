import type { CallError } from '../domain/call.ts';
import type { AttemptOutcome } from '../ports/chat-model.ts';
import type { CircuitBreakerOptions } from './circuit-breaker.ts';

/**
 * Notices that a model is down behind an endpoint that is up, as behind a gateway: calls end in 5xx
 * for some seconds and none succeeds. Nothing but a call tells when it is back, so one waiting call at
 * a time is the probe.
 */
export interface ModelOutages {
  /** Resolves when a call to the model may go: there is no outage, or the call is its probe. */
  passage(model: string, call: string): Promise<void>;
  /** Whether that still holds. */
  isPassable(model: string, call: string): boolean;
  /** Takes in what a call that was let pass came to, as far as it shows that the model is there. */
  learn(model: string, call: string, outcome: AttemptOutcome): void;
  /** Whose a failure is that may be the model's, once the endpoint itself was found to be up. */
  judge(model: string, call: string, error: CallError): OutageVerdict;
}

/** `own`: the failure is the call's. `outage`: it is the model's; the call waits for its turn again. */
export type OutageVerdict = 'own' | 'outage' | 'given-up';

/** Fewer calls than this may fail for what they ask, one after the other. */
const FEWEST_CALLS = 3;

export interface ModelOutageOptions
  extends Pick<CircuitBreakerOptions, 'policy' | 'clock' | 'stop'> {
  readonly onDown: (error: CallError, limitMs: number, model: string) => void;
  readonly onUp: (afterMs: number, model: string) => void;
  readonly onGivenUp: (error: CallError, model: string) => void;
}

interface Trouble {
  /** Of the first failure since the last success. */
  readonly since: number;
  readonly calls: Set<string>;
  outage: Outage | null;
}

interface Outage {
  readonly noticed: number;
  readonly limitMs: number;
  readonly ending: AbortController;
  /** Aborted when the outage or the run ends. */
  readonly over: AbortSignal;
  /** The call that is on its way to find out. */
  probe: string | null;
  pauseMs: number;
  nextProbe: number;
}

export function createModelOutages(options: ModelOutageOptions): ModelOutages {
  const { clock, stop } = options;
  const troubles = new Map<string, Trouble>();
  const seen = new Set<string>();
  const answered = new Set<string>();

  const outageOf = (model: string) => troubles.get(model)?.outage ?? null;

  function recovered(model: string): void {
    answered.add(model);
    const outage = troubles.get(model)?.outage;
    troubles.delete(model);
    if (!outage) return;
    outage.ending.abort();
    if (!stop.aborted) options.onUp(clock.monotonic() - outage.noticed, model);
  }

  function failed(model: string, call: string, error: CallError): OutageVerdict {
    const since = clock.monotonic();
    const trouble = troubles.get(model) ?? { since, calls: new Set(), outage: null };
    troubles.set(model, trouble);
    trouble.calls.add(call);
    if (stop.aborted) return 'given-up';
    return trouble.outage === null
      ? notice(trouble, model, error)
      : outlast(trouble.outage, call, { model, error });
  }

  /** All calls to the endpoint count together as long as none of its models answers. */
  function notice(trouble: Trouble, model: string, error: CallError): OutageVerdict {
    const now = clock.monotonic();
    const failing = troubles.size === seen.size ? countCalls(troubles) : trouble.calls.size;
    const isLong = now - trouble.since >= options.policy.troubleMs;
    if (!isLong || failing < FEWEST_CALLS) return 'own';
    trouble.outage = beginOutage(now, options, answered.has(model));
    options.onDown(error, trouble.outage.limitMs, model);
    return 'outage';
  }

  function outlast(
    outage: Outage,
    call: string,
    { model, error }: { readonly model: string; readonly error: CallError },
  ): OutageVerdict {
    if (clock.monotonic() - outage.noticed < outage.limitMs) {
      endProbe(outage, call);
      return 'outage';
    }
    troubles.delete(model);
    outage.ending.abort();
    options.onGivenUp(error, model);
    return 'given-up';
  }

  /** What was under way when the outage was noticed ends in it without having been a probe. */
  function endProbe(outage: Outage, call: string): void {
    if (outage.probe !== call) return;
    outage.probe = null;
    outage.pauseMs = Math.min(1.5 * outage.pauseMs, options.policy.maxProbeMs);
    outage.nextProbe = clock.monotonic() + outage.pauseMs;
  }

  return {
    passage: async (model, call) => {
      seen.add(model);
      await waitForPassage(options, call, () => outageOf(model));
    },
    isPassable: (model, call) => {
      const outage = outageOf(model);
      return outage === null || outage.probe === call;
    },
    learn: (model, call, outcome) => {
      const outage = outageOf(model);
      if (outcome.kind === 'retryable' && isTrouble(outcome.error, outage !== null)) return;
      // No reply at all is for the endpoint's own breaker.
      if (!('error' in outcome) || outcome.error.status !== null) recovered(model);
      else if (outage !== null) endProbe(outage, call);
    },
    judge: (model, call, error) => {
      const outage = outageOf(model);
      return isTrouble(error, outage !== null) ? failed(model, call, error) : 'own';
    },
  };
}

async function waitForPassage(
  { clock, stop, policy }: ModelOutageOptions,
  call: string,
  current: () => Outage | null,
): Promise<void> {
  for (;;) {
    const outage = current();
    if (outage === null || stop.aborted || outage.probe === call) return;
    const wait = outage.nextProbe - clock.monotonic();
    if (outage.probe === null && wait <= 0) {
      outage.probe = call;
      return;
    }
    await clock.sleep(Math.max(wait, policy.firstProbeMs), outage.over);
  }
}

function countCalls(troubles: ReadonlyMap<string, Trouble>): number {
  return [...troubles.values()].reduce((sum, { calls }) => sum + calls.size, 0);
}

function beginOutage(
  now: number,
  { policy, stop }: ModelOutageOptions,
  hasAnswered: boolean,
): Outage {
  const ending = new AbortController();
  return {
    noticed: now,
    limitMs: hasAnswered ? policy.limitMs : policy.loadLimitMs,
    ending,
    over: AbortSignal.any([stop, ending.signal]),
    probe: null,
    pauseMs: policy.firstProbeMs,
    nextProbe: now + policy.firstProbeMs,
  };
}

/** A 5xx, or a page where there were completions; in an outage also no answer at all. */
function isTrouble({ kind, status, code }: CallError, inOutage: boolean): boolean {
  if (kind === 'server') return status !== null && status >= 500;
  if (code === 'html-page') return true;
  return inOutage && status === null && (kind === 'connection' || kind === 'timeout');
}
