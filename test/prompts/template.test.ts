import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { compileTemplate } from '../../src/prompts/template.ts';

function compile(text: string) {
  return compileTemplate({ file: 'a.hbs', text });
}

describe('rendering', () => {
  test.each([
    '{{question}} {{{x}}} {{#if',
    '& < > " \' ` =',
    '&amp;',
    '$& $1 $$',
    '👩🏽‍🏫 🇯🇵',
    '\ud83d lone \udc00',
    'nul \0 bell \u0007',
    '\\{{question}} \\\\',
    ' \t\r\n outer space \n',
    '\u202bنص\u202c \u200f\ufeff',
    '',
    '[object Object]',
    'e\u0301 é ﬁ',
  ])('passes %j through', (value) => {
    expect(compile('<a>{{question}}|{{question}}</a>').render({ question: value })).toBe(
      `<a>${value}|${value}</a>`,
    );
  });

  test('passes any text through, each UTF-16 unit of it', () => {
    const template = compile('"{{question}}"\n{{response}}.\n');
    const text = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, text, (question, response) => {
        expect(template.render({ question, response })).toBe(`"${question}"\n${response}.`);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  test('leaves out what stands under an empty variable', () => {
    const template = compile(
      'Q: {{question}}\n{{#if scope}}\nScope: {{scope}}\n{{else}}\nNo scope\n{{/if}}\nEnd',
    );
    expect(template.render({ question: 'q', scope: 'Nationwide' })).toBe(
      'Q: q\nScope: Nationwide\nEnd',
    );
    expect(template.render({ question: 'q', scope: '' })).toBe('Q: q\nNo scope\nEnd');
    expect(compile('{{#unless scope}}none{{/unless}}').render({ scope: '' })).toBe('none');
  });

  test('keeps braces that the author escaped, and drops comments', () => {
    expect(compile('\\{{question}}{{!-- why --}} {{! why }}.').render({})).toBe('{{question}} .');
  });

  test('names the variable that was not given, however JavaScript objects call it', () => {
    expect(() => compile('{{question}}').render({})).toThrow(
      'a.hbs needs a value for {{question}}',
    );
    expect(() => compile('{{#if scope}}x{{/if}}').render({})).toThrow('{{scope}}');
    for (const inherited of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(() => compile(`{{${inherited}}}`).render({})).toThrow(`{{${inherited}}}`);
    }
  });
});

describe("the file's end", () => {
  test.each([
    ['one line end is the file’s', 'a\n', 'a'],
    ['so is one of Windows', 'a\r\n', 'a'],
    ['a second one is the prompt’s', 'a\n\n', 'a\n'],
    ['spaces are the prompt’s', 'a \n', 'a '],
    ['a file without line end is taken as it is', 'a', 'a'],
    ['the beginning is never trimmed', '\n\n a', '\n\n a'],
    ['a value’s own line end stays', '{{question}}\n', 'q\n'],
  ])('%s', (_name, text, rendered) => {
    expect(compile(text).render({ question: 'q\n' })).toBe(rendered);
  });
});

describe('a compiled template', () => {
  test('tells its name, source, and variables in order of appearance', () => {
    const template = compile('{{b}}{{#if a}}{{b}}{{else}}{{d}}{{/if}}{{c}}\n');
    expect(template.name).toBe('a.hbs');
    expect(template.source).toBe('{{b}}{{#if a}}{{b}}{{else}}{{d}}{{/if}}{{c}}');
    expect(template.variables).toEqual(['b', 'a', 'd', 'c']);
  });

  test('has the SHA-256 of its text as a JSON string, whatever the file is called', () => {
    // printf '"{{question}}"' | sha256sum
    const expected = '4a0915aec3ad3f08972eefd48ee014ef8ef8a2dc3c7a6ef19fc636e6d06f7f48';
    expect(compile('{{question}}').fingerprint).toBe(expected);
    expect(compileTemplate({ file: 'b.hbs', text: '{{question}}\n' }).fingerprint).toBe(expected);
    expect(compile('{{question}} ').fingerprint).not.toBe(expected);
  });

  test('is refused with file and line where the syntax is wrong', () => {
    expect(() => compile('ok\n{{question}\n')).toThrow(InputError);
    expect(() => compile('ok\n{{question}\n')).toThrow(/^a\.hbs:2: not a Handlebars template/);
    expect(() => compile('{{> other}}')).toThrow(
      /^a\.hbs:1: partials and decorators are not supported/,
    );
  });
});
