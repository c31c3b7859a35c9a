import { indented } from '../../domain/shown-text.ts';
import { MISSING_REASONS, type MissingReason, type RunArchive } from '../../ports/run-archive.ts';
import { align, visibleWidth } from '../../render/text/align.ts';
import { type CauseGroup, causeGroups } from '../../report/words/missing-causes.ts';
import { type MissingRow, missingOfRun } from '../../series/names/missing.ts';

const HEADINGS: Readonly<Record<MissingReason, string>> = {
  response_empty: 'answer empty',
  response_filtered: 'answer filtered',
  response_failed: 'answer failed',
  judgment_unparsed: 'no rating read',
  judgment_out_of_range: 'out of 1–10',
  judgment_filtered: 'judge filtered',
  judgment_failed: 'judge failed',
  not_called: 'not called yet',
};

const MOST_CAUSES = 8;

/** What a run lacks, by model and culture, in aligned lines, and why. */
export function missingTable(archive: RunArchive, runId: string): string[] {
  const { rows, causes } = missingOfRun(archive, runId);
  const groups = causeGroups(causes);
  return [...tableLines(rows), ...(groups.length > 0 ? ['', ...groups.flatMap(causeLines)] : [])];
}

function causeLines({ title, count, causes }: CauseGroup): string[] {
  const shown = causes.slice(0, MOST_CAUSES);
  const left = causes.slice(MOST_CAUSES).reduce((sum, cause) => sum + cause.count, 0);
  return [
    `${title}, ${count}:`,
    ...shown.map((cause) => `  ${cause.count} × ${indented(cause.cause)}`),
    ...(left > 0
      ? [`  ${left} × ${causes.length - shown.length} other causes (report lists them)`]
      : []),
  ];
}

function tableLines(rows: readonly MissingRow[]): string[] {
  const reasons = MISSING_REASONS.filter((reason) => rows.some((row) => row.missing[reason] > 0));
  const cells = [
    ['Model', 'Culture', 'planned', 'rated', ...reasons.map((reason) => HEADINGS[reason])],
    ...rows.map((row) => [
      row.model,
      row.culture,
      String(row.planned),
      String(row.rated),
      ...reasons.map((reason) => String(row.missing[reason])),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((line) => visibleWidth(line[column] ?? ''))),
  );
  return cells.map((line) =>
    line
      .map((text, column) => align(text, widths[column] ?? 0, column < 2 ? 'left' : 'right'))
      .join('  ')
      .trimEnd(),
  );
}
