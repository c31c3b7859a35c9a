import type { OfferedOption } from '../../domain/choice-reading.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import type { Item } from '../../domain/item.ts';
import { labelsOf } from '../../domain/label-sets.ts';
import type { ChoiceSolution } from '../../domain/solution.ts';
import type { OptionSettings } from '../../domain/task-settings.ts';

/** The options of a question as a prompt shows them. */
export interface ShownOptions {
  readonly offered: readonly OfferedOption[];
  /** By place in the prompt: the option's position in the source. */
  readonly order: readonly number[];
}

/** How many prompts one answer to each order takes: every rotation, or one. */
export function ordersOf({ options }: ChoiceSolution, { order }: OptionSettings): number {
  return order === 'cyclic' ? options.length : 1;
}

/**
 * Options in the order that a trial shows them. `shuffled` depends on seed, question and options alone;
 * a trial of `cyclic` shows the rotation of its number.
 */
export function showOptions(
  { question }: Pick<Item, 'question'>,
  { options }: ChoiceSolution,
  { order, labels, seed, trial }: OptionSettings & { readonly trial: number },
): ShownOptions {
  const positions = [...options.keys()];
  const shown = {
    given: () => positions,
    shuffled: () => shuffled(positions, [seed, question, ...options]),
    cyclic: () => rotated(positions, trial % options.length),
  }[order]();
  const names = labelsOf(labels, options.length);
  return {
    order: shown,
    offered: shown.map((position, place) => ({
      label: names[place] ?? '',
      text: options[position] ?? '',
    })),
  };
}

/** By hash: the same order on every machine. */
function shuffled(positions: readonly number[], drawnBy: readonly (number | string)[]): number[] {
  const ranked = positions.map((position) => ({
    position,
    rank: fingerprint([...drawnBy, position]),
  }));
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ position }) => position);
}

function rotated(positions: readonly number[], by: number): number[] {
  return [...positions.slice(by), ...positions.slice(0, by)];
}
