import type { RunFacts } from '../answers/wire.ts';
import type { Address } from './address.ts';
import type { ViewSource } from './source.ts';

/** What every part of a run's pages is about. */
export interface Shown {
  readonly source: ViewSource;
  readonly run: string;
  readonly facts: RunFacts;
  readonly address: Address;
  readonly go: (address: Address) => void;
}
