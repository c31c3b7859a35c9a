import { describe, expect, test } from 'vitest';
import { renderProblem } from '../../src/domain/errors.ts';
import { lintTemplate, type TemplateKind } from '../../src/prompts/lint.ts';
import { parseVerdict } from '../../src/scorers/judge/verdict.ts';

function lint(kind: TemplateKind, text: string): string[] {
  return lintTemplate(kind, { file: 'a.hbs', text }).map(renderProblem);
}

const judged = '{{question}} {{reference}} {{response}}';

describe('a template for models', () => {
  test('may use every variable of the item but its reference', () => {
    const text = '{{question}}{{culture}}{{language}}{{category}}{{#if scope}}{{scope}}{{/if}}';
    expect(lint('respond', text)).toEqual([]);
  });

  test('must show the question, unless it is a system message', () => {
    expect(lint('respond', 'Hello')).toEqual([
      'a.hbs: never shows the question: add {{question}} where it is to stand',
    ]);
    expect(lint('respond-system', 'Hello')).toEqual([]);
  });

  test('must not show the reference', () => {
    expect(lint('respond', '{{question}}\n{{reference}}')).toEqual([
      'a.hbs:2: {{reference}} is for the judge only: a model must not see it; ' +
        'here there are {{question}}, {{culture}}, {{language}}, {{category}}, {{scope}}',
    ]);
  });

  test('has each unknown variable reported at its line, in conditions too', () => {
    const problems = lint(
      'respond',
      '{{question}}\n{{Question}}\n{{#if topic}}{{constructor}}{{/if}}',
    );
    expect(problems.map((problem) => problem.split(': use')[0])).toEqual([
      'a.hbs:2: {{Question}} is not a variable',
      'a.hbs:3: {{topic}} is not a variable',
      'a.hbs:3: {{constructor}} is not a variable',
    ]);
  });
});

test('a byte order mark is refused, for every prompt would begin with it', () => {
  expect(lint('respond', '\ufeff{{question}}')).toEqual([
    'a.hbs:1: begins with a byte order mark, which would be sent: save it as UTF-8 without one',
  ]);
});

describe('unsupported syntax', () => {
  const instead = 'templates know {{variable}}, {{#if variable}} and {{#unless variable}}';
  test.each([
    ['{{{question}}}', 'write {{variable}} with two braces: nothing is ever escaped'],
    ['{{&question}}', 'write {{variable}} with two braces: nothing is ever escaped'],
    ['{{> header}}', `partials and decorators are not supported: ${instead}`],
    ['{{#> header}}{{/header}}', `partials and decorators are not supported: ${instead}`],
    ['{{#*inline "x"}}{{/inline}}', `partials and decorators are not supported: ${instead}`],
    ['{{* x}}', `partials and decorators are not supported: ${instead}`],
    ['{{upper question}}', `helpers are not supported: ${instead}`],
    ['{{question size=1}}', `helpers are not supported: ${instead}`],
    ['{{log}}', `helpers are not supported: ${instead}`],
    ['{{#each question}}x{{/each}}', `this block is not supported: ${instead}`],
    ['{{#with question}}x{{/with}}', `this block is not supported: ${instead}`],
    ['{{#question}}x{{/question}}', `this block is not supported: ${instead}`],
    ['{{^question}}x{{/question}}', `this block is not supported: ${instead}`],
    ['{{^if scope}}x{{/if}}', `this block is not supported: ${instead}`],
    ['{{#if}}x{{/if}}', `this block is not supported: ${instead}`],
    ['{{#if scope culture}}x{{/if}}', `this block is not supported: ${instead}`],
    ['{{#if scope includeZero=true}}x{{/if}}', `this block is not supported: ${instead}`],
    ['{{#if scope as |s|}}{{s}}{{/if}}', `this block is not supported: ${instead}`],
    ['{{{{raw}}}}x{{{{/raw}}}}', `this block is not supported: ${instead}`],
    ['{{#if (lookup scope 0)}}x{{/if}}', `this expression is not supported: ${instead}`],
    ['{{item.question}}', `this expression is not supported: ${instead}`],
    ['{{../question}}', `this expression is not supported: ${instead}`],
    ['{{this}}', `this expression is not supported: ${instead}`],
    ['{{@root}}', `this expression is not supported: ${instead}`],
    ['{{"question"}}', `this expression is not supported: ${instead}`],
    ['{{7}}', `this expression is not supported: ${instead}`],
  ])('%s', (expression, message) => {
    expect(lint('respond', `{{question}}\n${expression}\n`)).toEqual([`a.hbs:2: ${message}`]);
  });

  test.each([
    ['an expression that never closes', 'a\nb\n{{question', 3],
    ['one brace too few', '{{question}\n', 1],
    ['an empty expression', '\n{{}}', 2],
    ['a block closed by another name', '\n{{#if scope}}x{{/unless}}', 2],
    ['an else without a block', '\n\n{{else}}', 3],
    ['a path with dots inside', '\n{{item/../question}}', 2],
  ])('%s is a syntax error at its line', (_name, text, line) => {
    const [problem, ...more] = lintTemplate('respond', { file: 'a.hbs', text });
    expect(problem).toMatchObject({ file: 'a.hbs', line });
    expect(problem?.message).toMatch(/^not a Handlebars template \(.+\): write \{\{variable\}\}/s);
    expect(more).toEqual([]);
  });
});

describe('a judge template', () => {
  test('needs question, reference and response', () => {
    expect(lint('judge', 'Rating: [[number]]')).toEqual([
      'a.hbs: never shows the question: add {{question}} where it is to stand',
      'a.hbs: never shows the reference: add {{reference}} where it is to stand',
      'a.hbs: never shows the response: add {{response}} where it is to stand',
    ]);
  });

  test.each(['number', 'n', '6', '7.5', '<score>', 'your rating', '数字', 'رقم'])(
    'may show the format as Rating: [[%s]], and an answer in that format is read',
    (shown) => {
      expect(lint('judge', `${judged}\n"**Rating:** [[${shown}]]"`)).toEqual([]);
      expect(
        parseVerdict(`"**Rating:** [[${shown.replace(/^\D+$/, '7')}]]"`).verdict,
      ).toMatchObject({
        status: 'rated',
        parse: 'strict',
      });
    },
  );

  test('may mark both ends of the answer with {{fence}}, but not one alone', () => {
    const rating = 'Rating: [[n]]';
    const shown = '{{question}} {{reference}}';
    expect(lint('judge', `${shown} {{fence}} {{response}} {{fence}} ${rating}`)).toEqual([]);
    for (const text of ['{{fence}} {{response}}', '{{response}} {{fence}} {{fence}}']) {
      expect(lint('judge', `${shown} ${text} ${rating}`)).toEqual([
        'a.hbs: marks one end of the answer only: put {{fence}} both before and after {{response}}, or nowhere',
      ]);
    }
    expect(lint('respond', '{{question}} {{fence}}')[0]).toMatch(
      /\{\{fence\}\} is for the judge only/,
    );
  });

  test.each([
    'Score: [[number]]',
    'Rating: number',
    'Rating: [number]',
    'Rating: [[number/10]]',
    'Rating: [[1-10]]',
    'Rating: [[11]]',
    'Rating: [[0]]',
    'Rating: [[]]',
    'Operating: [[n]]',
    '{{! Rating: [[number]] }}',
    'Rating: [[{{scope}}]]',
  ])('is refused with %s, for its verdicts could not be read', (text) => {
    expect(lint('judge', `${judged}\n${text}`)).toEqual([
      'a.hbs: shows the judge no rating format that can be read back: ' +
        'ask for a last line of the form Rating: [[number]]',
    ]);
  });
});

test('blocks nested deeper than any prompt’s are a problem with its line, not a stack overflow', () => {
  const nested = (depth: number) =>
    `${'{{#if topic}}\n'.repeat(depth)}{{question}}${'{{/if}}'.repeat(depth)}`;
  const found = lint('respond', nested(5_000));
  expect(found).toEqual([expect.stringContaining('a.hbs:51: blocks are nested more than 50 deep')]);
  expect(lint('respond', nested(50)).join()).not.toContain('nested');
});
