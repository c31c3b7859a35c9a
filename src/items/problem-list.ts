import type { InputProblem } from '../domain/errors.ts';

/** Problems listed one by one; what comes after them is counted. More would scroll the first away. */
const MAX_LISTED = 50;
/** Rows with one and the same problem that are listed before they become a single entry. */
const MOST_ALIKE = 3;

/** A problem of a row; what `hint` says may differ between rows that have the same problem. */
export interface RowProblem extends InputProblem {
  readonly hint?: string;
}

export interface ProblemList {
  add(...problems: readonly RowProblem[]): void;
  isEmpty(): boolean;
  /** Says how many rows a file has: what is wrong with all of them is wrong with the file. */
  endFile(file: string, rows: number): void;
  /** The problems in order, those that many rows share as one; the last says how many more there are. */
  listed(): readonly InputProblem[];
}

interface Group {
  readonly first: RowProblem;
  readonly lines: (number | undefined)[];
  count: number;
}

export function createProblemList(): ProblemList {
  const groups = new Map<string, Group>();
  const rowsByFile = new Map<string, number>();
  let dropped = 0;
  let firstDroppedFile = '';
  function add(problem: RowProblem): void {
    const { file, path, line, message } = problem;
    const key = JSON.stringify([file, path, message]);
    const group = groups.get(key);
    if (group !== undefined) {
      group.count += 1;
      if (group.lines.length <= MOST_ALIKE) group.lines.push(line);
    } else if (groups.size < MAX_LISTED) {
      groups.set(key, { first: problem, lines: [line], count: 1 });
    } else {
      firstDroppedFile ||= file;
      dropped += 1;
    }
  }
  return {
    add(...problems) {
      for (const problem of problems) add(problem);
    },
    isEmpty: () => groups.size === 0,
    endFile: (file, rows) => rowsByFile.set(file, rows),
    listed() {
      const listed = [...groups.values()].flatMap((group) =>
        entriesOf(group, rowsByFile.get(group.first.file)),
      );
      const more = dropped + Math.max(0, listed.length - MAX_LISTED);
      const file = firstDroppedFile || (listed[MAX_LISTED]?.file ?? '');
      const shown = listed.slice(0, MAX_LISTED);
      return more === 0 ? shown : [...shown, { file, message: `and ${more} more` }];
    },
  };
}

function entriesOf({ first, lines, count }: Group, rows: number | undefined): InputProblem[] {
  const { file, path, hint = '' } = first;
  const message = `${first.message}${hint}`;
  const place = { file, ...(path !== undefined && { path }) };
  if (first.line === undefined || (count > 1 && count === rows)) return [{ ...place, message }];
  if (count <= MOST_ALIKE)
    return lines.map((line) => ({ ...place, ...(line !== undefined && { line }), message }));
  const shown = lines.slice(1, 1 + MOST_ALIKE).join(', ');
  const others = count - 1 - MOST_ALIKE;
  const where = others > 0 ? `${shown} and ${others} more` : shown;
  return [{ ...place, line: first.line, message: `${message} (also in lines ${where})` }];
}
