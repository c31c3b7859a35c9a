import type { ItemSource } from '../domain/item-source.ts';
import type { RuleScoring, Solution } from '../domain/solution.ts';
import type { Row } from '../ports/rows.ts';
import { findValue, soleElement } from './columns.ts';
import { asText, type FieldProblem } from './field-text.ts';
import { readAccepted } from './read-accepted.ts';
import { readGold } from './read-gold.ts';
import { readOptions } from './read-options.ts';

/** What makes an answer right, as a record says it; `solution` is null where there are problems. */
export interface ReadSolution {
  readonly solution: Solution | null;
  /** The right answer as text; empty where there are problems. */
  readonly reference: string;
  readonly problems: readonly FieldProblem[];
}

/** Reads options and the right one, or accepted answers. Nothing is guessed: what is amiss is a problem. */
export function readSolution(source: ItemSource, scoring: RuleScoring, row: Row): ReadSolution {
  const problems: FieldProblem[] = [];
  const shared = { task: source.task ?? scoring, context: contextOf(source, row, problems) };
  switch (scoring) {
    case 'choice': {
      const offered = readOptions(source, row, problems);
      const gold = offered && readGold(source, row, { offered, problems });
      const right = offered?.options[gold ?? -1];
      if (!offered || gold === null || right === undefined || problems.length > 0)
        return { solution: null, reference: '', problems };
      const options = [...offered.options];
      return { solution: { scoring, ...shared, options, gold }, reference: right, problems };
    }
    case 'short-answer': {
      const answers = readAccepted(source, row, problems);
      const [first] = answers;
      const right = first?.texts[0];
      if (right === undefined || problems.length > 0)
        return { solution: null, reference: '', problems };
      return { solution: { scoring, ...shared, answers }, reference: right, problems };
    }
    default:
      return scoring satisfies never;
  }
}

function contextOf({ fields }: ItemSource, row: Row, problems: FieldProblem[]): string | null {
  const column = fields?.context;
  if (column === undefined) return null;
  const found = findValue(row.fields, column);
  if (found === null) return null;
  const read = asText(soleElement(found.value), { column: found.column, field: 'context' });
  if ('text' in read) return read.text;
  problems.push(read.problem);
  return null;
}
