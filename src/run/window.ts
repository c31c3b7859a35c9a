/** Bounds how many pieces of work have begun and not ended. */
export interface Window {
  /** Resolves when there is room for one more. */
  room(): Promise<void>;
  /** Begins work; call after `room`. */
  begin(work: () => Promise<void>): void;
  /** Resolves when all that has begun has ended. */
  idle(): Promise<void>;
}

/** `onError` gets what a piece of work rejects with. */
export function createWindow(size: number, onError: (error: unknown) => void): Window {
  const waiting: (() => void)[] = [];
  let begun = 0;
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const ended = () => {
    begun -= 1;
    for (const resume of waiting.splice(0)) resume();
  };
  return {
    room: () => until(() => begun < size),
    begin: (work) => {
      begun += 1;
      work().catch(onError).finally(ended);
    },
    idle: () => until(() => begun === 0),
  };
}
