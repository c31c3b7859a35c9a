import type { RunSummary } from '../../analyses/summary/schema.ts';
import { counted } from '../../domain/counted.ts';
import { type Content, type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import { pText } from '../../render/number-text.ts';
import { labelColumns, type Series } from '../../series/names/series.ts';

/** Whether ratings are missing evenly over cultures and models; nothing where none is missing. */
export function missingTests({ missingness: { cultures, models } }: RunSummary): Html {
  return html`${cultures.length > 0 && byCulture(cultures)}${models.length > 0 && byModel(models)}`;
}

type Missingness = RunSummary['missingness'];

function byCulture(rows: Missingness['cultures']): Html {
  const { labels, of } = rowLabels(rows);
  const names = [...new Set(rows.flatMap(({ counts }) => counts.map(({ culture }) => culture)))];
  return plainTable({
    id: 'table-missing-cultures',
    caption: 'Is more missing in one culture than in another?',
    headings: [...labels, ...names, 'p (Fisher’s exact test)'],
    rows: rows.map((row) => [
      ...of(row).map(name),
      ...names.map((culture) => {
        const count = row.counts.find((entry) => entry.culture === culture);
        return count === undefined
          ? ''
          : `${count.missing} of ${counted(count.questions, 'question')}`;
      }),
      verdict(row.p),
    ]),
  });
}

function byModel(rows: Missingness['models']): Html {
  const { labels, of } = rowLabels([...rows, ...rows.map(({ against }) => against)]);
  return plainTable({
    id: 'table-missing-models',
    caption: 'Does a model miss more than the one that misses least?',
    headings: [
      ...labels,
      'Against',
      'Only this misses',
      'Only the other misses',
      'p (McNemar’s exact test, Holm)',
    ],
    rows: rows.map((row) => [
      ...of(row).map(name),
      name(
        of(row.against)
          .filter((label) => label !== '')
          .join(', '),
      ),
      row.onlyThis,
      row.onlyOther,
      verdict(row.adjusted),
    ]),
  });
}

function verdict(p: number): Content {
  return p <= 0.05 ? html`<strong class="lost">${pText(p)}: uneven</strong>` : pText(p);
}

function rowLabels(rows: readonly Series[]) {
  return labelColumns(rows, ['Model', 'Variant', 'Prompting', 'Judge']);
}
