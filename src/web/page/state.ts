import { useEffect, useState } from 'preact/hooks';
import { type Address, readAddress, writeAddress } from './address.ts';

/** Where the reader is, and how to go elsewhere. */
export function useAddress(): readonly [Address, (address: Address) => void] {
  const [address, setAddress] = useState(() => readAddress(location.hash));
  useEffect(() => {
    const changed = () => setAddress(readAddress(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return [
    address,
    (next) => {
      location.hash = writeAddress(next);
    },
  ];
}

/** Something that is being fetched: the last of it stays on the page until the next is there. */
export interface Loaded<Value> {
  readonly value: Value | null;
  readonly error: string | null;
  readonly loading: boolean;
}

/**
 * Loads again whenever `key` changes; what comes back for an older key is dropped. `again`: the value
 * is not complete, or goes on, and is loaded anew after so many milliseconds; null: it is done.
 */
export function useLoaded<Value>(
  key: string | null,
  load: () => Promise<Value>,
  again: (value: Value) => number | null = () => null,
): Loaded<Value> & { readonly reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ value: null, error: null, loading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setLoaded(({ value }) => ({ value, error: null, loading: true }));
    load().then(
      (value) => {
        if (!current) return;
        setLoaded({ value, error: null, loading: false });
        const wait = again(value);
        if (wait !== null) timer = setTimeout(() => setRound((before) => before + 1), wait);
      },
      (error: unknown) => {
        if (current) setLoaded(({ value }) => ({ value, error: messageOf(error), loading: false }));
      },
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, round]);
  return { ...loaded, reload: () => setRound((before) => before + 1) };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A wish of the reader that outlasts the page; a browser that keeps nothing forgets it. */
export function useKept(name: string, usual: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => readKept(name) ?? usual);
  return [
    value,
    (next) => {
      keep(name, next);
      setValue(next);
    },
  ];
}

const keyOf = (name: string) => `care-judge ${name}`;

function readKept(name: string): string | null {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // Pages opened from a disk may have no storage: the wish then lasts as long as the page.
  }
}

/** Keys that do something while nobody is writing. */
export type Keys = Readonly<Record<string, () => void>>;

export function useKeys(keys: Keys): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select, textarea')
  );
}
