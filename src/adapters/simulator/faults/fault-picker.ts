import type { Ask } from '../minds/ask.ts';
import { hash32, uniform } from '../minds/draws.ts';
import type { FaultContext, Injection } from '../minds/injection.ts';
import { type Received, requestIdStem } from '../minds/responder.ts';
import { generates, type Route } from '../wire/routes.ts';
import { type FaultName, type FaultPlan, type FaultRule, INJECTORS } from './faults.ts';

type Scene = Omit<FaultContext, 'ms' | 'perSecond'>;

interface PickedFault {
  readonly fault: FaultName;
  readonly injection: Injection;
}

/**
 * Decides which requests of a plan go wrong. A request is known by route, body and the part of its
 * id that its retries share, so that it passes after as many tries as its rule says.
 */
export class FaultPicker {
  readonly #plan: FaultPlan;
  readonly #hits = new Map<string, number>();

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  pick(received: Received, scene: Scene): PickedFault | null {
    const identity = identify(received);
    for (const [position, rule] of this.#plan.rules.entries()) {
      if (!matches(rule, received.route, scene.answer?.ask ?? null)) continue;
      const key = `${position} ${identity}`;
      const injection = this.#isDue(rule, key) ? inject(rule, scene) : null;
      if (injection === null) continue;
      if (rule.times !== 'always') this.#hits.set(key, (this.#hits.get(key) ?? 0) + 1);
      return { fault: rule.fault, injection };
    }
    return null;
  }

  #isDue({ times, share }: FaultRule, key: string): boolean {
    if (times !== 'always' && (this.#hits.get(key) ?? 0) >= times) return false;
    return uniform('fault', String(this.#plan.seed), key) < share;
  }
}

function inject({ fault, ms, perSecond }: FaultRule, scene: Scene): Injection | null {
  return INJECTORS[fault]({ ...scene, ms, perSecond });
}

function identify({ route, headers, raw }: Received): string {
  const words = `${route.name} ${requestIdStem(headers)} ${raw.toString('latin1')}`;
  return `${hash32(words)}-${hash32(words, 1)}`;
}

function matches({ fault, match }: FaultRule, route: Route, ask: Ask | null): boolean {
  return (
    matchesRoute(match.route ?? null, fault, route) &&
    (match.role === undefined || match.role === ask?.role) &&
    (match.model === undefined || match.model === ask?.model) &&
    (match.questionIncludes === undefined || ask?.prompt.includes(match.questionIncludes) === true)
  );
}

function matchesRoute(wanted: string | null, fault: FaultName, route: Route): boolean {
  if (wanted !== null) return route.name.includes(wanted);
  return fault === 'token-provider-throttled' ? route.kind === 'token' : generates(route);
}
