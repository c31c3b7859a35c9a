import type { Clock } from '../../src/ports/clock.ts';

/** A clock that moves when told, or by as much as anybody sleeps. */
export function fakeClock(): Clock & { advance(ms: number): void; readonly slept: number[] } {
  let time = 1000;
  const slept: number[] = [];
  return {
    monotonic: () => time,
    now: () => 1_700_000_000_000 + time,
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
    random: () => 0.5,
    advance: (ms) => {
      time += ms;
    },
    slept,
  };
}
