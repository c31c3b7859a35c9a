import { readJudgeTemplates } from '../../../prepare/read-templates.ts';
import { renderRubric } from '../../../prompts/rubric.ts';
import type { Bias, Change, ChangeSource } from './bias.ts';

export const rubricLanguage: Bias = {
  label: 'Rubric in the question’s language',
  effect: 'the same answer by a rubric in the question’s language',
  kind: 'changed',
  change,
};

function change({ config: source, problems }: ChangeSource): Change {
  const given = Object.entries(source.loaded.config.audit?.languages ?? {});
  const byLanguage = new Map(
    given.map(([language, entries]) => {
      const path = ['audit', 'languages', language];
      return [language, readJudgeTemplates(source, { entries, path }, problems)];
    }),
  );
  return {
    method: `the same answers judged again, paired; the rubric in the question’s language (${given.map(([language]) => language).join(', ')})`,
    needs:
      byLanguage.size > 0
        ? null
        : 'needs rubrics in the questions’ languages (`audit: { languages: { zh: { CATEGORY: FILE } } }`)',
    rewriting: null,
    change: ({ item, answer }) => {
      const rubric = byLanguage.get(item.language)?.get(item.category);
      return rubric ? renderRubric(rubric, item, answer) : null;
    },
  };
}
