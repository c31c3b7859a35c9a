import { expect, test } from 'vitest';
import { createWaiting } from '../../../src/cli/progress/waiting.ts';

test('the call that waits longest is named once nothing has returned for half a minute', () => {
  const waiting = createWaiting(0);
  expect(waiting.longest(60_000)).toBeNull();
  waiting.learn({ kind: 'sent', call: 'a', model: 'slow' }, 1_000);
  waiting.learn({ kind: 'sent', call: 'b', model: 'quick' }, 2_000);
  waiting.learn({ kind: 'returned', call: 'b' }, 40_000);
  expect(waiting.longest(69_999)).toBeNull();
  expect(waiting.longest(70_000)).toEqual({ model: 'slow', seconds: 69 });
  waiting.learn({ kind: 'returned', call: 'a' }, 71_000);
  expect(waiting.longest(200_000)).toBeNull();
});
