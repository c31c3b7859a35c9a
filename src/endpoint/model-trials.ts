import type { CallError } from '../domain/call.ts';
import type { AttemptOutcome } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Finds out whether a model can be asked at all as it is asked: where its first calls are all refused
 * in the same words, the setting is wrong and not the questions. Their outcome is held until that is
 * clear, so that they stay planned with the others.
 */
export interface ModelTrials {
  /** Resolves when a call may go; waits while the first ones are being decided on. */
  passage(model: string): Promise<void>;
  begin(model: string): void;
  /** Call once for each `begin`; null for a call that was broken off. */
  end(model: string, outcome: AttemptOutcome | null): void;
  /** Whether a refused call is a failure of its own (true), or the model was closed. */
  isOwnFailure(model: string, error: CallError): Promise<boolean>;
}

export interface TrialPolicy {
  /** Calls refused in the same words, with none that succeeded, that close a model. */
  readonly refusals: number;
  /** The same where no more calls come than these, as with one call at a time. */
  readonly fewestRefusals: number;
  /** How long no other call may come before it is decided on those. */
  readonly graceMs: number;
}

export const defaultTrialPolicy: TrialPolicy = { refusals: 5, fewestRefusals: 3, graceMs: 2000 };

export interface ModelTrialOptions {
  readonly policy: TrialPolicy;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly onRefused: (error: CallError, model: string) => void;
}

interface Trial {
  inFlight: number;
  /** Refusals by their words, those that were recorded as failures included. */
  readonly words: Map<string, number>;
  held: ((isOwn: boolean) => void)[];
  waiting: (() => void)[];
  latest: CallError | null;
  /** `passed`: it has answered, or refuses in different words: nothing is held any more. */
  state: 'open' | 'passed' | 'refused';
}

export function createModelTrials({
  policy,
  clock,
  stop,
  onRefused,
}: ModelTrialOptions): ModelTrials {
  const trials = new Map<string, Trial>();

  function trialOf(model: string): Trial {
    const known = trials.get(model);
    if (known) return known;
    const trial: Trial = {
      inFlight: 0,
      words: new Map(),
      held: [],
      waiting: [],
      latest: null,
      state: 'open',
    };
    trials.set(model, trial);
    return trial;
  }

  function decide(model: string, trial: Trial, needed: number): void {
    const [count = 0] = trial.words.values();
    const refused = trial.words.size === 1 && count >= needed;
    if (refused && !stop.aborted && trial.latest !== null) {
      onRefused(
        {
          ...trial.latest,
          message: `its first ${count} calls were all refused: ${trial.latest.message}`,
        },
        model,
      );
    }
    if (refused) trial.state = 'refused';
    else if (trial.words.size > 1) trial.state = 'passed';
    release(trial, !refused);
  }

  function review(model: string, trial: Trial): void {
    if (trial.inFlight === 0 && trial.held.length >= policy.refusals) {
      decide(model, trial, policy.refusals);
    }
  }

  /** Few calls may be all there are for now: then these decide, once the others under way have ended. */
  async function decideLater(model: string, trial: Trial, seen: number): Promise<void> {
    await clock.sleep(policy.graceMs, stop);
    const isQuiet = trial.inFlight === 0 && trial.held.length === seen;
    if (trial.state !== 'open' || trial.held.length < seen) return;
    if (isQuiet || stop.aborted) decide(model, trial, policy.fewestRefusals);
    else if (trial.held.length === seen) await decideLater(model, trial, seen);
  }

  return {
    passage: async (model) => {
      const trial = trialOf(model);
      while (trial.state === 'open' && trial.held.length >= policy.refusals && !stop.aborted) {
        await new Promise<void>((resolve) => trial.waiting.push(resolve));
      }
    },
    begin: (model) => {
      trialOf(model).inFlight += 1;
    },
    end: (model, outcome) => {
      const trial = trialOf(model);
      trial.inFlight -= 1;
      if (outcome !== null && proves(outcome)) {
        trial.state = 'passed';
        release(trial, true);
      }
      // A refusal is held a moment after it ended.
      if (outcome === null || !isRefusal(outcome)) review(model, trial);
    },
    isOwnFailure: async (model, error) => {
      const trial = trialOf(model);
      if (trial.state !== 'open') return trial.state === 'passed';
      const words = wordsOf(error);
      trial.words.set(words, (trial.words.get(words) ?? 0) + 1);
      trial.latest = error;
      const verdict = new Promise<boolean>((resolve) => trial.held.push(resolve));
      review(model, trial);
      void decideLater(model, trial, trial.held.length);
      return await verdict;
    },
  };
}

function release(trial: Trial, isOwn: boolean): void {
  for (const resolve of trial.held.splice(0)) resolve(isOwn);
  for (const resume of trial.waiting.splice(0)) resume();
}

function isRefusal(outcome: AttemptOutcome): boolean {
  return outcome.kind === 'terminal' && outcome.error.kind === 'bad-request';
}

/** Whatever the model made of its prompt, it was asked in a way that it takes. */
function proves(outcome: AttemptOutcome): boolean {
  return (
    outcome.kind === 'reply' ||
    outcome.kind === 'filtered' ||
    (outcome.kind === 'terminal' && !isRefusal(outcome))
  );
}

/** What refusals for one reason share: not numbers, nor what is quoted of the request. */
function wordsOf({ status, code, message }: CallError): string {
  const words = message.replace(/\d+|"[^"]*"|'[^']*'|`[^`]*`/g, '').slice(0, 120);
  return `${status} ${code} ${words}`;
}
