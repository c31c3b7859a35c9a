import type { InputProblem } from '../domain/errors.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { RowFilter } from '../domain/row-filter.ts';
import { findValue, soleElement } from './columns.ts';

type Fields = Readonly<Record<string, unknown>>;
type Condition = RowFilter[string];

/** Applies `where` to the rows of a file, and remembers what it saw of the columns it names. */
export interface RowGate {
  passes(fields: Fields): boolean;
  /** Columns that no row has and values that none has: a misspelling would leave rows out unseen. */
  problems(file: string): InputProblem[];
}

const MOST_VALUES = 20;

export function createRowGate(where: RowFilter = {}): RowGate {
  const tests = Object.entries(where).map(([column, condition]) => ({
    column,
    test: testOf(condition),
    wanted: wantedBy(condition),
    found: false,
    seen: new Set<string>(),
    met: new Set<string>(),
  }));
  return {
    passes(fields) {
      let passes = true;
      for (const entry of tests) {
        const found = findValue(fields, entry.column);
        const text = textOf(found?.value);
        entry.found ||= found !== null;
        if (entry.seen.size < MOST_VALUES && found !== null) entry.seen.add(text);
        if (entry.wanted.includes(text)) entry.met.add(text);
        passes &&= entry.test(text);
      }
      return passes;
    },
    problems: (file) =>
      tests.flatMap(({ column, found, wanted, seen, met }) => {
        const path = `where.${column}`;
        if (!found) return [{ file, path, message: 'no row has such a column' }];
        return wanted
          .filter((value) => !met.has(value))
          .map((value) => ({ file, path, message: unmet(value, [...seen]) }));
      }),
  };
}

function unmet(value: string, seen: readonly string[]): string {
  const nearest = nearestName(value, seen);
  const guess = nearest === null ? '' : `did you mean ${JSON.stringify(nearest)}? `;
  const listed = seen.map((text) => JSON.stringify(text)).join(', ');
  return `no row has the value ${JSON.stringify(value)}; ${guess}there are: ${listed}${seen.length === MOST_VALUES ? ' …' : ''}`;
}

function textsOf(values: unknown): string[] {
  return (Array.isArray(values) ? values : [values]).map(textOf);
}

/** Blank, null and absent are one: the empty text. */
function textOf(value: unknown): string {
  const sole = soleElement(value);
  if (sole === null || sole === undefined || Number.isNaN(sole)) return '';
  return typeof sole === 'object' ? JSON.stringify(sole) : String(sole).trim();
}

/** The values that must pass; those that must not may be absent. */
function wantedBy(condition: Condition): string[] {
  return typeof condition === 'object' && !Array.isArray(condition) ? [] : textsOf(condition);
}

function testOf(condition: Condition): (text: string) => boolean {
  if (typeof condition !== 'object' || Array.isArray(condition)) {
    const wanted = textsOf(condition);
    return (text) => wanted.includes(text);
  }
  const { not, min = -Infinity, max = Infinity } = condition;
  const unwanted = not === undefined ? [] : textsOf(not);
  const bounded = condition.min !== undefined || condition.max !== undefined;
  return (text) => !unwanted.includes(text) && (!bounded || isWithin(text, min, max));
}

function isWithin(text: string, min: number, max: number): boolean {
  return text !== '' && Number(text) >= min && Number(text) <= max;
}
