import { renderRubric } from '../../../prompts/rubric.ts';
import { type Bias, rewritingNeeds } from './bias.ts';

export const referenceParaphrased: Bias = {
  label: 'Reference paraphrased',
  effect: 'the same answer with a paraphrased reference',
  kind: 'changed',
  change: (source) => ({
    method: 'the same answers judged again, paired; the reference paraphrased in its own language',
    needs: rewritingNeeds(source),
    rewriting: { task: 'paraphrase', of: ({ item }) => item.reference },
    change: ({ item, answer }, reference) =>
      renderRubric(source.rubricOf(item.category), { ...item, reference }, answer),
  }),
};
