import { counted } from '../../../domain/counted.ts';
/** What `reproduce --list` shows of one result. */
export interface ListedResult {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly rows: number;
  readonly cells: number;
  readonly configs: readonly string[];
  readonly runs: readonly {
    readonly run: string;
    readonly rows: number | null;
    readonly cells: number;
    readonly missingRows: readonly string[];
    readonly problem: string | null;
  }[];
}

/** Results with the runs that have some of them, and what makes the rest. */
export function renderReproducible(results: readonly ListedResult[]): string {
  return results
    .flatMap((result) => [...resultLines(result), ''])
    .join('\n')
    .trimEnd();
}

function resultLines({ id, label, title, rows, cells, configs, runs }: ListedResult): string[] {
  const printed =
    rows === 0
      ? 'drawn, no figures printed: ours alone'
      : `${counted(rows, 'row')}, ${counted(cells, 'figure')}`;
  return [
    `${id.padEnd(8)}  ${label}: ${title} (${printed})`,
    ...(runs.length === 0 && rows > 0 ? ['          no run of this store has a row of it'] : []),
    ...runs.map((run) => `          ${runText(run, { rows, cells })}`),
    `          ${configs.length === 0 ? 'no config makes it' : `made by: ${configs.join(', ')}`}`,
  ];
}

const ROWS_NAMED = 3;

function runText(
  { run, rows, cells, missingRows, problem }: ListedResult['runs'][number],
  all: { readonly rows: number; readonly cells: number },
): string {
  if (problem !== null) return `${run}: ${problem}`;
  const named = missingRows.slice(0, ROWS_NAMED).join('; ');
  const more =
    missingRows.length > ROWS_NAMED ? ` and ${missingRows.length - ROWS_NAMED} more` : '';
  const lacks = missingRows.length === 0 ? '' : `; lacks ${named}${more}`;
  return `${run}: ${rows} of ${counted(all.rows, 'row')}, ${cells} of ${counted(all.cells, 'figure')}${lacks}`;
}
