import { modelLabel } from '../../domain/model-label.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type { AnswerRow, JudgmentRow } from '../../ports/answer-reader.ts';
import type { ItemLabels } from '../../ports/run-archive.ts';
import { missingReason } from '../../series/names/missing-reason.ts';
import { inPaperOrder } from '../../series/names/order.ts';
import { type AnswerTable, type Dimension, MARK, OUTCOMES, VERDICT_MARK } from './answer-table.ts';

/** Takes a run's answers page by page, each with its judgments, and makes the table of them. */
export interface TableBuilder {
  add(answers: readonly AnswerRow[], judgments: readonly JudgmentRow[]): void;
  done(): AnswerTable;
}

export interface TableSource {
  readonly definition: RunDefinition;
  readonly items: readonly ItemLabels[];
  /** Mean of people's ratings by stored answer; undefined where nobody rated it. */
  readonly people: (response: number) => number | undefined;
}

export function buildTable({ definition, items: labels, people }: TableSource): TableBuilder {
  const placeOf = new Map(labels.map(({ position }, place) => [position, place]));
  const columns = newColumns();
  return {
    add: (answers, judgments) => {
      let next = 0;
      for (const answer of answers) {
        const place = placeOf.get(answer.item);
        if (place === undefined) throw new Error(`answer ${answer.id} is of an unknown item`);
        addAnswer(columns, answer, place);
        columns.people.push(people(answer.response) ?? Number.NaN);
        for (; judgments[next]?.answer === answer.id; next += 1)
          addJudgment(columns, answer.status, judgments[next]);
      }
    },
    done: () => tableOf(definition, labels, columns),
  };
}

function addAnswer(columns: Columns, answer: AnswerRow, question: number): void {
  columns.id.push(answer.id);
  columns.model.push(answer.model);
  columns.style.push(answer.style);
  columns.question.push(question);
  columns.trial.push(answer.trial);
  columns.characters.push(answer.characters ?? 0);
  columns.marks.push(
    (answer.status === 'truncated' ? MARK.truncated : 0) |
      (answer.suspect === 0 ? 0 : MARK.suspect) |
      (answer.language === 'other' ? MARK.otherLanguage : 0) |
      (answer.status === 'pending' ? MARK.pending : 0),
  );
  columns.begins.push(columns.judge.length());
}

function addJudgment(
  columns: Columns,
  responseStatus: AnswerRow['status'],
  judgment: JudgmentRow | undefined,
): void {
  if (judgment === undefined) return;
  const { status, rating, conflicting } = judgment;
  const reason = rating === null ? missingReason({ status, responseStatus }) : 'rated';
  columns.judge.push(judgment.judge);
  columns.rating.push(rating ?? Number.NaN);
  columns.outcome.push(OUTCOMES.indexOf(reason));
  columns.verdictMarks.push(conflicting === 0 ? 0 : VERDICT_MARK.conflicting);
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** A column that grows. */
function column<Column extends Numbers>(make: (length: number) => Column) {
  let values = make(1024);
  let length = 0;
  return {
    push: (value: number) => {
      if (length === values.length) {
        const larger = make(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    length: () => length,
    done: (): Column => {
      const exact = make(length);
      exact.set(values.subarray(0, length));
      return exact;
    },
  };
}

const bytes = () => column((length) => new Uint8Array(length));
const shorts = () => column((length) => new Uint16Array(length));
const whole = () => column((length) => new Uint32Array(length));
const doubles = () => column((length) => new Float64Array(length));

function newColumns() {
  return {
    id: doubles(),
    model: shorts(),
    style: shorts(),
    question: whole(),
    trial: shorts(),
    characters: whole(),
    marks: bytes(),
    people: column((length) => new Float32Array(length)),
    begins: whole(),
    judge: shorts(),
    rating: doubles(),
    outcome: bytes(),
    verdictMarks: bytes(),
  };
}
type Columns = ReturnType<typeof newColumns>;

function tableOf(
  { models, styles, judges }: RunDefinition,
  labels: readonly ItemLabels[],
  columns: Columns,
): AnswerTable {
  columns.begins.push(columns.judge.length());
  const { model, style, ...rest } = columns;
  return {
    answers: rest.id.length(),
    judges: distinctNames(judges.map(({ spec }) => spec.name)),
    best: models.map(({ best }) => best !== null),
    questions: labels.map(({ key, id, cluster }) => ({ key, id, cluster })),
    dimensions: {
      model: {
        of: 'answer',
        names: distinctNames(models.map(({ spec }) => modelLabel(spec))),
        codes: model.done(),
      },
      style: {
        of: 'answer',
        names: distinctNames(styles.map(({ name }) => name)),
        codes: style.done(),
      },
      culture: ofItems(
        labels.map(({ culture }) => culture),
        (names) => inPaperOrder('culture', names),
      ),
      category: ofItems(
        labels.map(({ category }) => category),
        (names) => inPaperOrder('category', names),
      ),
      scope: ofItems(
        labels.map(({ scope }) => scope ?? ''),
        (names) => inPaperOrder('scope', names),
      ),
      language: ofItems(
        labels.map(({ language }) => language),
        (names) => [...new Set(names)].sort(),
      ),
    },
    id: rest.id.done(),
    question: rest.question.done(),
    trial: rest.trial.done(),
    characters: rest.characters.done(),
    marks: rest.marks.done(),
    people: rest.people.done(),
    begins: rest.begins.done(),
    judge: rest.judge.done(),
    rating: rest.rating.done(),
    outcome: rest.outcome.done(),
    verdictMarks: rest.verdictMarks.done(),
  };
}

function ofItems(labels: readonly string[], order: (names: string[]) => string[]): Dimension {
  const names = order([...labels]);
  const codes = new Map(names.map((name, code) => [name, code]));
  return {
    of: 'item',
    names,
    codes: Uint16Array.from(labels, (label) => codes.get(label) ?? 0),
  };
}

/** Names are what a link says, so that each has to mean one thing. */
function distinctNames(names: readonly string[]): string[] {
  return names.map((name, place) => {
    const before = names.slice(0, place).filter((other) => other === name).length;
    return before === 0 ? name : `${name} #${before + 1}`;
  });
}
