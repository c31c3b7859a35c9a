import { renderRubric } from '../../../prompts/rubric.ts';
import type { Bias } from './bias.ts';

/** What is shown in place of a reference that is left out. */
const NO_REFERENCE = '(No reference is given. Rely on your own knowledge.)';

export const referenceAbsent: Bias = {
  label: 'No reference',
  effect: 'the same answer without a reference',
  kind: 'changed',
  change: ({ rubricOf }) => ({
    method: `the same answers judged again, paired; the reference replaced by "${NO_REFERENCE}"`,
    needs: null,
    rewriting: null,
    change: ({ item, answer }) =>
      renderRubric(rubricOf(item.category), { ...item, reference: NO_REFERENCE }, answer),
  }),
};
