import type { Item } from '../../../domain/item.ts';
import { renderRubric } from '../../../prompts/rubric.ts';
import { type Bias, rewritingNeeds } from './bias.ts';

export const answerEnglish: Bias = {
  label: 'Answer in English',
  effect: 'the same answer in English',
  kind: 'changed',
  change: (source) => ({
    method:
      'the same answers judged again, paired; the answer translated into English; a bad translation lowers it too',
    needs: rewritingNeeds(source),
    rewriting: { task: 'translate', of: ({ item, answer }) => (isEnglish(item) ? null : answer) },
    change: ({ item }, answer) => renderRubric(source.rubricOf(item.category), item, answer),
  }),
};

function isEnglish({ language }: Item): boolean {
  return language === 'en' || language.startsWith('en-');
}
