import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer, Injection } from '../minds/injection.ts';
import { type Received, requestId } from '../minds/responder.ts';
import { generates } from '../wire/routes.ts';
import { hangUp, reset, type Transmission } from '../wire/transmission.ts';
import { jsonReply, type WireReply } from '../wire/wire-reply.ts';
import { FaultPicker } from './fault-picker.ts';
import type { FaultName, FaultPlan } from './faults.ts';
import { duplicateIdReply } from './socket-faults.ts';

/** Replies spoilt, by fault. /health during an outage is not counted. */
export type FaultCounts = Partial<Record<FaultName, number>>;

interface Means {
  readonly transmission: Transmission;
  readonly counts: FaultCounts;
  /** Refuses connections for so many milliseconds. */
  readonly interrupt: (ms: number) => void;
}

type Outage = Extract<Injection, { kind: 'outage' }> & {
  readonly fault: FaultName;
  readonly until: number;
};

const WINDOW_MS = 1000;

/** Spoils replies as a plan says, and remembers what outlasts one request. */
export class FaultInjector {
  readonly #picker: FaultPicker;
  readonly #means: Means;
  readonly #usedSockets = new WeakSet<Socket>();
  readonly #arrivals: number[] = [];
  /** Request ids that are taken, with the time until when. */
  readonly #heldIds = new Map<string, number>();
  #outage: Outage | null = null;

  constructor(plan: FaultPlan, means: Means) {
    this.#picker = new FaultPicker(plan);
    this.#means = means;
  }

  /** True where a fault has taken the reply over. `answer` is null where nothing is generated. */
  takesOver(received: Received, response: ServerResponse, answer: Answer | null): boolean {
    const now = performance.now();
    const reused = this.#noteSocket(response);
    const down = this.#replyInOutage(received, now);
    if (down !== null) {
      this.#means.transmission.send(response, down);
      return true;
    }
    if (answer !== null && this.#idIsHeld(received, now)) {
      this.#count('duplicate-id');
      const reply = duplicateIdReply(requestId(received.headers));
      this.#means.transmission.send(response, reply);
      return true;
    }
    const picked = this.#picker.pick(received, {
      answer,
      requestId: requestId(received.headers),
      socketReused: reused,
      recentRequests: answer === null ? 0 : this.#noteArrival(now),
    });
    if (picked === null) return false;
    this.#count(picked.fault);
    if (picked.injection.kind === 'outage') this.#begin(picked.injection, picked.fault, now);
    this.#inject(picked.injection, response, { received, answer });
    return true;
  }

  /** The reply of a fault that hits a line of a batch; those of sockets cannot. */
  spoiltLine(received: Received, answer: Answer): WireReply | null {
    const scene = { answer, requestId: requestId(received.headers), socketReused: false };
    const picked = this.#picker.pick(received, { ...scene, recentRequests: 0 });
    if (picked?.injection.kind !== 'reply') return null;
    this.#count(picked.fault);
    return picked.injection.reply;
  }

  #inject(
    injection: Injection,
    response: ServerResponse,
    { received, answer }: { readonly received: Received; readonly answer: Answer | null },
  ): void {
    const { transmission, interrupt } = this.#means;
    const whole = () => jsonReply(200, answer === null ? {} : answer.body(answer.generated));
    switch (injection.kind) {
      case 'reply':
      case 'outage':
        transmission.send(response, injection.reply);
        return;
      case 'late':
        if (injection.holdsId) this.#hold(requestId(received.headers), injection.ms);
        transmission.after(injection.ms, response, () => transmission.send(response, whole()));
        return;
      case 'reset':
        reset(response);
        return;
      case 'hang-up':
        hangUp(response);
        return;
      case 'drip':
        transmission.drip(response, injection.ms);
        return;
      case 'interim':
        transmission.every(injection.ms, response, () => response.writeProcessing());
        return;
      case 'half':
        transmission.sendHalf(response, whole(), injection);
        return;
      case 'restart':
        response.once('finish', () => interrupt(injection.ms));
        transmission.send(response, injection.reply);
        return;
      default:
        injection satisfies never;
    }
  }

  #begin(outage: Extract<Injection, { kind: 'outage' }>, fault: FaultName, now: number): void {
    this.#outage = { ...outage, fault, until: now + outage.ms };
    if (outage.dropsInFlight) this.#means.transmission.resetWaiting();
  }

  #replyInOutage({ route }: Received, now: number): WireReply | null {
    if (this.#outage === null || now >= this.#outage.until) return null;
    if (route.kind === 'health') return this.#outage.health;
    if (!generates(route) && !this.#outage.everywhere) return null;
    this.#count(this.#outage.fault);
    return this.#outage.reply;
  }

  #hold(id: string | null, ms: number): void {
    if (id !== null) this.#heldIds.set(id, performance.now() + ms);
  }

  #idIsHeld({ headers }: Received, now: number): boolean {
    const id = requestId(headers);
    const until = id === null ? undefined : this.#heldIds.get(id);
    return until !== undefined && now < until;
  }

  #noteSocket({ socket }: ServerResponse): boolean {
    if (socket === null) return false;
    const used = this.#usedSockets.has(socket);
    this.#usedSockets.add(socket);
    return used;
  }

  #noteArrival(now: number): number {
    this.#arrivals.push(now);
    while ((this.#arrivals[0] ?? now) <= now - WINDOW_MS) this.#arrivals.shift();
    return this.#arrivals.length;
  }

  #count(fault: FaultName): void {
    this.#means.counts[fault] = (this.#means.counts[fault] ?? 0) + 1;
  }
}
