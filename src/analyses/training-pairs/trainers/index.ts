import { axolotl } from './axolotl.ts';
import { llamaFactory } from './llama-factory.ts';
import { openrlhf } from './openrlhf.ts';
import type { Trainer } from './trainer.ts';
import { trl } from './trl.ts';

/** A new trainer is a file and an entry here. */
export const TRAINERS = {
  trl,
  'llama-factory': llamaFactory,
  axolotl,
  openrlhf,
} as const satisfies Record<string, Trainer>;

export type TrainerName = keyof typeof TRAINERS;
