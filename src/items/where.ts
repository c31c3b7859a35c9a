import type { InputProblem } from '../domain/errors.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { RowFilter } from '../domain/row-filter.ts';
import { findValue, soleElement } from './columns.ts';

type Fields = Readonly<Record<string, unknown>>;
type Condition = RowFilter[string];

/** Applies `where` to the rows of a file, and remembers what it saw of the columns it names. */
export interface RowGate {
  passes(fields: Fields): boolean;
  /** Rows that passed. */
  passed(): number;
  /** Columns that no row has and values that none has: a misspelling would leave rows out unseen. */
  problems(file: string): InputProblem[];
}

const MOST_VALUES = 20;

export function createRowGate(where: RowFilter = {}): RowGate {
  const tests = Object.entries(where).map(([column, condition]) => createTest(column, condition));
  let passed = 0;
  return {
    passed: () => passed,
    passes(fields) {
      // Every column is looked at, so that each learns all its values.
      const passes = tests.map((test) => test.passes(fields)).every(Boolean);
      passed += Number(passes);
      return passes;
    },
    problems: (file) =>
      tests.flatMap((test) => test.problems().map((problem) => ({ file, ...problem }))),
  };
}

function createTest(column: string, condition: Condition) {
  const test = testOf(condition);
  const wanted = wantedBy(condition);
  const seen = new Set<string>();
  const met = new Set<string>();
  let exists = false;
  return {
    passes(fields: Fields): boolean {
      const found = findValue(fields, column);
      const text = textOf(found?.value);
      exists ||= found !== null;
      if (seen.size < MOST_VALUES && found !== null) seen.add(text);
      if (wanted.includes(text)) met.add(text);
      return test(text);
    },
    problems(): Pick<InputProblem, 'path' | 'message'>[] {
      const path = `where.${column}`;
      if (!exists) return [{ path, message: 'no row has such a column' }];
      return wanted
        .filter((value) => !met.has(value))
        .map((value) => ({ path, message: unmet(value, [...seen]) }));
    },
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
