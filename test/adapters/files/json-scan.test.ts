import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault, scanJson } from '../../../src/adapters/files/read/json-scan.ts';

describe('scanJson', () => {
  it('cuts any array into texts that parse to its elements', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.nat({ max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const elements = [...scanJson(text)].map((part) =>
          part.kind === 'element' ? JSON.parse(text.slice(part.start, part.end)) : part,
        );
        expect(elements).toEqual(JSON.parse(text));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('finds a fault exactly where JSON.parse rejects a text', () => {
    const characters = fc.constantFrom(...'{}[],:"\\\n 01-+.eEtrufalsn\u0001');
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        expect(findJsonFault(text) !== null).toBe(isRejected(text));
      }),
      { seed: 3, numRuns: 20_000 },
    );
  });

  it('finds a fault after one character of valid JSON was damaged, as JSON.parse does', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', '"', ',', '}', ']', '\\', '1', '\n'),
        (value, position, damage) => {
          const text = JSON.stringify(value);
          const at = position % text.length;
          const damaged = text.slice(0, at) + damage + text.slice(at + 1);
          expect(findJsonFault(damaged) !== null).toBe(isRejected(damaged));
        },
      ),
      { seed: 4, numRuns: 5000 },
    );
  });

  it('reads long strings and deep nesting', () => {
    const long = JSON.stringify([`${'a\\n"'.repeat(300_000)}`]);
    expect([...scanJson(long)]).toEqual([{ kind: 'element', start: 1, end: long.length - 1 }]);
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect([...scanJson(deep)]).toEqual([{ kind: 'element', start: 1, end: 99_999 }]);
  });
});

function isRejected(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}
