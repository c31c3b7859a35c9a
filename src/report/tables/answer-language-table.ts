import type { AnswerLanguages, RunSummary } from '../../analyses/summary/schema.ts';
import type { Cell, Table } from '../../render/table.ts';

const COUNTS = [
  ['Answers', (row: AnswerLanguages) => row.answers],
  ['As asked', (row: AnswerLanguages) => row.asAsked],
  ['Another', (row: AnswerLanguages) => row.other],
  ['Cannot tell', (row: AnswerLanguages) => row.unclear],
] as const;
const UNCHECKED = ['Not looked at', (row: AnswerLanguages) => row.unchecked] as const;
const SHARE = 'Share of another';
const SHARES = [
  ['Value', 'value'],
  ['Low', 'low'],
  ['High', 'high'],
] as const;

/** Answers that are not in their question's language, by model and culture; null where there is none. */
export function answerLanguageTable({ answerLanguages: languages = [] }: RunSummary): Table | null {
  if (languages.every(({ other }) => other === 0)) return null;
  const variants = languages.some(({ variant }) => variant !== null);
  const unchecked = languages.some((row) => row.unchecked > 0);
  const counts = unchecked ? [...COUNTS, UNCHECKED] : COUNTS;
  return {
    name: 'answer-language',
    title: 'Language of the answers, by model and culture',
    note: note(languages, unchecked),
    labels: ['Model', ...(variants ? ['Variant'] : []), 'Culture'],
    columns: [
      ...counts.map(([heading]) => ({ group: null, heading, average: false })),
      ...SHARES.map(([heading]) => ({ group: SHARE, heading, average: false })),
    ],
    rows: languages.map((row) => ({
      labels: [row.model, ...(variants ? [row.variant ?? ''] : []), row.culture],
      cells: [
        ...counts.map(([, count]): Cell => ({ kind: 'count', count: count(row) })),
        ...SHARES.map(([, bound]): Cell => ({ kind: 'share', share: row.share[bound] })),
      ],
    })),
  };
}

function note(languages: readonly AnswerLanguages[], unchecked: boolean): string {
  const found = new Map<string, number>();
  for (const { language, answers } of languages.flatMap(({ detected }) => detected))
    found.set(language, (found.get(language) ?? 0) + answers);
  const inWhich = [...found]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([language, answers]) => `${language} ${answers}`);
  const scripts = [...found.keys()].some((language) => language.startsWith('und-'));
  return [
    'Answers over all prompting styles; their ratings stay as the judge gave them and are in every mean above.',
    'A language is told by script and letters, by an identifier where a script serves several, and only of enough running text: short, mixed and quoted text, and Han characters without kana asked for in Japanese, cannot be told.',
    'The share is of answers that could be told, with its 95 % Wilson interval.',
    `Found: ${inWhich.join(', ')}${scripts ? ' (und-: a script alone)' : ''}.`,
    ...(unchecked
      ? ['Answers stored by an earlier version are looked at by care-judge rejudge --reparse.']
      : []),
  ].join(' ');
}
