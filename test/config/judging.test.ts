import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';
import { loadConfig } from '../../src/config/load.ts';
import { renderProblem } from '../../src/domain/errors.ts';

const CONFIG = {
  version: 1,
  name: 'test',
  items: [{ file: 'a.jsonl' }],
  endpoints: { sim: { kind: 'simulated' } },
  models: [{ name: 'M', endpoint: 'sim', model: 'm', family: 'Alpha' }],
  judges: ['A', 'B', 'C'].map((name) => ({ name, endpoint: 'sim', model: name, family: name })),
  juries: [{ name: 'Panel', judges: ['A', 'B', 'C'] }] as object[],
};

function load(parts: object) {
  const text = JSON.stringify({ ...CONFIG, ...parts });
  return loadConfig({ file: 'c.json', text }, { environment: {} });
}

function problems(parts: object): string[] {
  const loaded = load(parts);
  return [...loaded.problems, ...checkConfig(loaded)].map(renderProblem);
}

describe('juries', () => {
  test('take the mean of all their judges unless told otherwise', () => {
    expect(problems({})).toEqual([]);
    expect(load({}).config.juries).toEqual([
      { name: 'Panel', judges: ['A', 'B', 'C'], aggregate: 'mean', exclude: 'none' },
    ]);
  });

  test.each<[string, object, string]>([
    ['a judge’s name', { name: 'A' }, 'juries[0].name: "A" is the name of a judge or jury above'],
    ['a judge that is none', { judges: ['A', 'X'] }, 'judges[1]: "X" is no judge of this config'],
    ['a judge twice', { judges: ['A', 'B', 'A'] }, 'juries[0].judges[2]: "A" is listed twice'],
    ['one judge', { judges: ['A'] }, 'juries[0].judges: must list at least 2'],
    [
      'too few to trim',
      { judges: ['A', 'B'], aggregate: 'trimmed' },
      'juries[0].judges: a trimmed mean needs at least 3 judges',
    ],
    [
      'an aggregate that is none',
      { aggregate: 'trimed' },
      'must be one of mean, median, trimmed; did you mean "trimmed"?',
    ],
  ])('refuse %s', (_name, parts, message) => {
    const found = problems({ juries: [{ ...CONFIG.juries[0], ...parts }] });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  const ownFamily = { juries: [{ ...CONFIG.juries[0], exclude: 'own-family' }] };

  test('that leave out judges by family want every family stated', () => {
    const models = [{ name: 'M', endpoint: 'sim', model: 'm' }];
    expect(problems({ ...ownFamily, models })).toEqual([
      "c.json:1: juries[0].exclude: own-family needs `family` on every model and on the jury's judges (nothing is guessed from names); missing on M",
    ]);
  });

  test('want judges enough for every model when its own are left out', () => {
    const judges = CONFIG.judges.map((judge) => ({
      ...judge,
      family: judge.name === 'C' ? 'Gamma' : 'Alpha',
    }));
    expect(problems({ ...ownFamily, judges })).toEqual([
      'c.json:1: juries[0].judges: leaves 1 of 3 judges for M (family Alpha); a mean needs at least 2',
    ]);
  });
});

describe('a judge’s verdict', () => {
  test.each([
    [undefined, { format: 'text' }],
    ['text', { format: 'text' }],
    ['json', { format: 'json', by: 'response_format' }],
    [{ json: 'guided_json' }, { format: 'json', by: 'guided_json' }],
  ])('is %j', (verdict, expected) => {
    const judges = [{ ...CONFIG.judges[0], ...(verdict !== undefined && { verdict }) }];
    const { config } = load({ judges, juries: [] });
    expect(config.judges[0]?.verdict).toEqual(expected);
    expect(config.judges[0]?.expectedRating).toBe(false);
  });

  test('is nothing else', () => {
    const judges = [{ ...CONFIG.judges[0], verdict: 'xml' }];
    expect(problems({ judges, juries: [] })).toHaveLength(1);
  });
});
