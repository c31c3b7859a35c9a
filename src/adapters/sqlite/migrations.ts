import { initial } from './migrations/0001-initial.ts';
import { probes } from './migrations/0002-probes.ts';

/** In order, numbered from 1, never edited once released. */
export const migrations: readonly {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}[] = [
  { version: 1, name: 'initial', sql: initial },
  { version: 2, name: 'probes', sql: probes },
];
