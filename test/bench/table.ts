import { cpus } from 'node:os';

/** One line of a benchmark's table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly met: boolean;
}

interface Target {
  readonly most?: number;
  readonly least?: number;
  readonly detail?: string;
}

export function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}

export function row(what: string, value: number | null, { most, least, detail }: Target): Row {
  const target = most === undefined ? `≥ ${least}` : `≤ ${most}`;
  if (value === null) return { what, measured: 'not measurable here', target, met: true };
  const met = most === undefined ? value >= (least ?? 0) : value <= most;
  const figure = value.toFixed(value >= 100 ? 0 : 2);
  return { what, measured: detail === undefined ? figure : `${figure} (${detail})`, target, met };
}

export function print(rows: readonly Row[]): void {
  const cores = cpus();
  process.stdout.write(
    `\nNode ${process.version}, ${cores.length} × ${cores[0]?.model ?? 'unknown processor'}\n\n`,
  );
  process.stdout.write('| what | measured | target | |\n| :-- | --: | --: | :-- |\n');
  for (const { what, measured, target, met } of rows) {
    process.stdout.write(`| ${what} | ${measured} | ${target} | ${met ? 'met' : 'MISSED'} |\n`);
  }
}
