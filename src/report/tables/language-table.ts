import type { LanguageTruncation, RunSummary } from '../../analyses/summary/schema.ts';
import type { Table } from '../../render/table.ts';
import { distinct } from '../../series/names/series.ts';

/** Answers that were cut short by model and language; null where none was. */
export function languageTable({ languages = [] }: RunSummary): Table | null {
  if (languages.every(({ truncated }) => truncated === 0)) return null;
  const models = distinct(languages, ({ model, variant }) => JSON.stringify([model, variant]));
  const variants = new Set(models.map(({ variant }) => variant)).size > 1;
  const names = [...new Set(languages.map(({ language }) => language))].sort();
  const total = (rows: readonly LanguageTruncation[], count: 'answered' | 'truncated') => ({
    kind: 'count' as const,
    count: rows.reduce((sum, row) => sum + row[count], 0),
  });
  return {
    name: 'cut-short-by-language',
    title: 'Answers cut short, by language',
    note: 'Answers over all prompting styles that have a text, and those of them that hit max_tokens; they are rated as they are. One limit in tokens is a different length of text in each language.',
    labels: ['Model', ...(variants ? ['Variant'] : [])],
    columns: names.flatMap((group) =>
      ['Answers', 'Cut short'].map((heading) => ({ group, heading, average: false })),
    ),
    rows: models.map(({ model, variant }) => ({
      labels: [model, ...(variants ? [variant ?? ''] : [])],
      cells: names.flatMap((name) => {
        const rows = languages.filter(
          (row) => row.model === model && row.variant === variant && row.language === name,
        );
        if (rows.length === 0) return [null, null];
        return [total(rows, 'answered'), total(rows, 'truncated')];
      }),
    })),
  };
}
