import type { Change, ChangeSource } from './biases/bias.ts';
import { biases, MEASURES, type Measure } from './biases/index.ts';

/** A change with the bias that it shows. */
export interface Contrast extends Change {
  readonly measure: Measure;
}

/** All changes, in the order of the report. Problems of the config's audit part are added. */
export function contrastsOf(source: ChangeSource): Contrast[] {
  return MEASURES.flatMap((measure) => {
    const bias = biases[measure];
    return bias.kind === 'changed' ? [{ ...bias.change(source), measure }] : [];
  });
}
