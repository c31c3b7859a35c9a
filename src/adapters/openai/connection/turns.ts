/** A queue that lets a few pass in each turn of the event loop. */
export interface Turns {
  /** Resolves when those before have passed. */
  next(): Promise<void>;
}

/**
 * Replies come in bursts: what was sent together comes back together. undici puts the next request on
 * a socket two turns after the last reply on it, so if all replies of a burst were looked at in one
 * turn, the endpoint would have nothing to do until the last of them was parsed, and the next burst
 * would be as dense. A few a turn, and each call's successor leaves while the others wait.
 */
export function createTurns(perTurn: number): Turns {
  const waiting: (() => void)[] = [];
  const letPass = () => {
    for (const pass of waiting.splice(0, perTurn)) pass();
    if (waiting.length > 0) setImmediate(letPass);
  };
  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 1) setImmediate(letPass);
      }),
  };
}
