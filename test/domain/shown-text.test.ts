import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forTerminal, indented, jsonForTerminal } from '../../src/domain/shown-text.ts';

/** What a terminal acts on, apart from the end of a line and a tab (ECMA-48: C0, DEL, C1), and bidi overrides. */
const RAW =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029\u2066-\u2069]/;
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '::',
      '##[',
      '##vso[',
      '##',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\t',
      '\u001b]52;c;',
      '\u009b31m',
    ),
    fc.constantFrom('\u202e', '\u2066', '\u0007', 'add-mask::x', '"', '\\', 'text'),
    fc.string({ unit: 'binary' }),
  ),
);

test('an escape sequence is shown, and a line that a CI would obey is not one', () => {
  expect(forTerminal('bad\u001b]52;c;ZXZpbA==\u0007\u001b[2J\n::add-mask::x\r\u009b31m')).toBe(
    'bad[U+001B]]52;c;ZXZpbA==[U+0007][U+001B][2J\n: :add-mask::x[U+000D][U+009B]31m',
  );
  expect(forTerminal('  ::error::no\nx ##vso[task.complete] ##[error]no')).toBe(
    '  : :error::no\nx # #vso[task.complete] # #[error]no',
  );
});

test('ordinary text is left as it is, in any script and with any line ends', () => {
  const text = 'Größe 大小 الحجم\n\tstd::vector a::b # ## heading 👍🏽';
  expect(forTerminal(text)).toBe(text);
  expect(forTerminal('one\r\ntwo')).toBe('one\ntwo');
});

test('no text reaches a terminal raw, and no line of it begins a workflow command', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const shown = forTerminal(parts.join(''));
      expect(shown).not.toMatch(RAW);
      expect(shown).not.toMatch(/^\s*::/m);
      expect(shown).not.toMatch(/##\w*\[/);
    }),
    { seed: 31, numRuns: 500 },
  );
});

test('JSON keeps its value and holds nothing raw', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const value = { text: parts.join(''), list: [parts.length] };
      const shown = jsonForTerminal(value);
      expect(JSON.parse(shown)).toEqual(value);
      expect(shown).not.toMatch(RAW);
      expect(shown).not.toMatch(/^\s*::|##/m);
    }),
    { seed: 32, numRuns: 500 },
  );
});

test('a message of several lines stays below its first', () => {
  expect(indented('one\ntwo\r\n18 ratings, none missing.\n')).toBe(
    'one\n  two\n  18 ratings, none missing.',
  );
});
