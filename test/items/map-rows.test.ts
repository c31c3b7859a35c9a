import { describe, expect, it } from 'vitest';
import { type ItemSource, itemSourceSchema } from '../../src/domain/item-source.ts';
import { mapRow } from '../../src/items/map-rows.ts';

const complete = {
  id: 'festival-1',
  question: ' What is eaten at the Lantern Festival?\n',
  reference: 'Sweet rice dumplings.',
  culture: 'Chinese',
  language: 'zh',
  category: 'Cultural entities',
  scope: 'Nationwide',
  association: 'Native (Chinese)',
  cluster: 'festivals',
};

function map(fields: Record<string, unknown>, source: Partial<ItemSource> = {}) {
  return mapRow({ file: 'sample.jsonl', ...source }, { line: 3, fields });
}

describe('mapRow', () => {
  it('takes each field from the column of its own name and ignores other columns', () => {
    expect(map({ ...complete, annotator: 'B' })).toEqual({ kind: 'item', item: complete });
  });

  it('takes mapped fields from their columns', () => {
    const { reference, category, ...rest } = complete;
    const mapped = map(
      { ...rest, answer: reference, culture_type: category },
      { fields: { reference: 'answer', category: 'culture_type' } },
    );
    expect(mapped).toEqual({ kind: 'item', item: complete });
  });

  it('prefers a constant to a column of the same name', () => {
    const mapped = map(complete, { set: { culture: 'Cantonese' } });
    expect(mapped).toEqual({ kind: 'item', item: { ...complete, culture: 'Cantonese' } });
  });

  it('makes absent, null and blank optional fields null', () => {
    const { association: _, ...rest } = complete;
    const mapped = map({ ...rest, scope: null, cluster: '  ' });
    const item = { ...complete, scope: null, association: null, cluster: null };
    expect(mapped).toEqual({ kind: 'item', item });
  });

  it('turns numbers and booleans into text', () => {
    const mapped = map({ ...complete, id: 17, reference: 1949, scope: true, cluster: 12.5 });
    const item = { ...complete, id: '17', reference: '1949', scope: 'true', cluster: '12.5' };
    expect(mapped).toEqual({ kind: 'item', item });
  });

  it('derives an id from the content alone', () => {
    const content = {
      question: 'Question 1?',
      reference: 'Answer 1.',
      culture: 'Chinese',
      language: 'zh',
      category: 'Opinion',
      scope: 'Nationwide',
    };
    // Python: sha256 of json.dumps(content with association and cluster null, sort_keys=True,
    // separators=(',', ':')), first 12 digits.
    const item = { id: 'q-76b6c6a38780', ...content, association: null, cluster: null };
    expect(map({ ...content, note: 'x' })).toEqual({ kind: 'item', item });
    expect(map({ id: '', ...content })).toEqual({ kind: 'item', item });
  });
});

describe('a column', () => {
  const { question, culture, reference, ...rest } = complete;

  it('is found in other case and with outer spaces', () => {
    const mapped = map({ ...rest, Question: question, ' CULTURE ': culture, reference });
    expect(mapped).toEqual({ kind: 'item', item: complete });
  });

  it('is not guessed among several that differ in case alone, but its exact name wins', () => {
    const twice = { ...rest, reference, culture };
    expect(map({ ...twice, Question: 'a', QUESTION: 'b' }).kind).toBe('problems');
    const exact = map({ ...twice, Question: 'a', QUESTION: 'b', question });
    expect(exact).toEqual({ kind: 'item', item: complete });
  });

  it('may be a path into objects and lists, and a list of one is its text', () => {
    const nested = {
      ...rest,
      meta: { culture },
      turns: [{ text: [question] }],
      answers: [reference],
    };
    const fields = { culture: 'meta.culture', question: 'turns[0].text', reference: 'answers' };
    expect(map(nested, { fields })).toEqual({ kind: 'item', item: complete });
    expect(map({ ...nested, 'meta.culture': 'Arab' }, { fields })).toMatchObject({
      item: { culture: 'Arab' },
    });
  });

  it('of ids may be left unread', () => {
    const mapped = map(complete, { fields: { id: null } });
    expect(mapped.kind === 'item' && mapped.item.id).toMatch(/^q-[0-9a-f]{12}$/);
  });
});

describe('the problems of mapRow', () => {
  it.each([
    ['an empty text', '', 'found nothing'],
    ['white space', ' \u3000\t', 'found only white space'],
    ['null', null, 'found null'],
    ['a missing number', Number.NaN, 'found NaN'],
    ['a list of several', ['a', 'b'], 'found a list of 2; take one by its position: `question.0`'],
    ['an object', { text: 'a' }, 'found an object'],
    ['bytes', new Uint8Array([255]), 'found bytes that are not UTF-8 text'],
  ])('rejects %s where a text is required', (_name, value, found) => {
    const isBlank = value === null || typeof value !== 'object';
    expect(map({ ...complete, question: value })).toEqual({
      kind: 'problems',
      problems: [
        {
          file: 'sample.jsonl',
          line: 3,
          path: 'question',
          message: `expected text for the item's question, ${found}`,
          ...(isBlank && { hint: '; `skip: [blank-question]` leaves such rows out' }),
        },
      ],
    });
  });

  it('rejects a number whose digits a double cannot keep', () => {
    const mapped = map({ ...complete, id: 2 ** 53 });
    expect(mapped.kind === 'problems' && mapped.problems).toEqual([
      {
        file: 'sample.jsonl',
        line: 3,
        path: 'id',
        message: 'the number has too many digits to be kept exactly; write it in quotes, as text',
      },
    ]);
  });

  it('names every problem of a record at once', () => {
    const mapped = map({ ...complete, question: '', culture: null, scope: ['a', 'b'] });
    expect(mapped.kind === 'problems' && mapped.problems.map(({ path }) => path)).toEqual([
      'question',
      'culture',
      'scope',
    ]);
  });
});

describe('the hints of mapRow', () => {
  it('suggests the nearest column for a mapped column that is not there', () => {
    const mapped = map({ question: 'Q?', answer: 'A.' }, { fields: { scope: 'awnser' } });
    expect(mapped.kind === 'problems' && mapped.problems.at(-1)).toEqual({
      file: 'sample.jsonl',
      line: 3,
      path: 'awnser',
      message: 'there is no such column, which `fields.scope` names',
      hint: '; did you mean `answer`? the record has the columns `question`, `answer`',
    });
  });

  it('says how to supply a required column that is not there', () => {
    const { reference: _, ...rest } = complete;
    const mapped = map(rest);
    expect(mapped.kind === 'problems' && mapped.problems).toEqual([
      {
        file: 'sample.jsonl',
        line: 3,
        path: 'reference',
        message:
          'there is no such column; map one with `fields: { reference: COLUMN }` or give a constant with `set: { reference: VALUE }`',
        hint: expect.stringMatching(/^; the record has the columns `id`, /),
      },
    ]);
  });

  it('guesses a column by what other data sets call the field', () => {
    const { reference, ...rest } = complete;
    const mapped = map({ ...rest, 'Answer Key': reference });
    expect(mapped.kind === 'problems' && mapped.problems[0]?.hint).toMatch(
      /^; did you mean `Answer Key`\?/,
    );
  });

  it('says that a file may lack a header', () => {
    const mapped = map({ 'What is eaten at the Lantern Festival?': 'x', A: 'y' });
    expect(mapped.kind === 'problems' && mapped.problems[0]?.hint).toMatch(
      /^; the first line reads like a row, .* `columns: \[question, …\]`$/,
    );
  });

  it('does not take an inherited property for a column', () => {
    const mapped = map(complete, { fields: { scope: 'toString' } });
    expect(mapped.kind).toBe('problems');
  });
});

describe('itemSourceSchema', () => {
  it('rejects a field that is both mapped and set', () => {
    const parsed = itemSourceSchema.safeParse({
      file: 'a.csv',
      fields: { culture: 'country' },
      set: { culture: 'Chinese' },
    });
    expect(parsed.error?.issues).toMatchObject([
      {
        path: ['set', 'culture'],
        message: 'is both set to "Chinese" and mapped to the column `country`; keep one of the two',
      },
    ]);
  });

  it('rejects unknown fields, blank constants and a constant id', () => {
    const parsed = itemSourceSchema.safeParse({
      file: 'a.csv',
      fields: { answer: 'answer' },
      set: { id: '1', culture: ' ' },
    });
    expect(parsed.error?.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['fields', 'unrecognized_keys'],
      ['set.culture', 'custom'],
      ['set', 'unrecognized_keys'],
    ]);
  });
});
