import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { checkPolicyNames, readPolicy } from '../../../src/analyses/gate/policy.ts';
import { InputError } from '../../../src/domain/errors.ts';
import { makeWorkplace } from '../../cli/workplace.ts';
import { policyOf, seriesOf } from './series.ts';

const here = makeWorkplace();
afterAll(() => here.remove());
const series = [seriesOf({ label: 'A', perCell: 1, rating: () => 6 })];

/** The problems of a policy, as `line: path: message`. */
function problemsOf(text: string): string[] {
  try {
    checkPolicyNames(readPolicy(here.write('policy.yaml', text), {}), series);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ line, path, message }) => `${line}: ${path}: ${message}`);
  }
}

test('a policy of just a version has the published defaults', () => {
  const { value } = readPolicy(here.write('policy.yaml', 'version: 1\n'), {});
  expect(value).toEqual({
    version: 1,
    accuracy: {
      floors: [],
      margins: { total: 0.03, culture: 0.06, cultures: {} },
      minimalDrop: 0.01,
    },
    alpha: 0.05,
    margins: { total: 0.35, culture: 0.65, cultures: {} },
    minimalDrop: 0.1,
    correction: 'max-t',
    missing: { worstCaseAbove: 0.02, limit: 0.1 },
    floors: [],
    seed: 0,
  });
  expect(readPolicy(undefined, {}).value).toEqual(value);
});

test('JSON is a policy as well, and variables are filled in', () => {
  const text = JSON.stringify({ version: 1, styles: [`\${STYLE}`] });
  const file = here.write('policy.json', text);
  expect(readPolicy(file, { STYLE: 'role-play' }).value.styles).toEqual(['role-play']);
  expect(() => readPolicy(file, {})).toThrow(/:1: styles\[0\]: environment variable STYLE/);
});

test('all mistakes are told at once, each with its line', () => {
  const text = [
    'version: 2',
    'alpha: 0.5',
    'margins: { total: -1, cultur: 1 }',
    'inconclusive: pass',
    'floors:',
    '  - { culture: Arab }',
    'corection: holm',
  ].join('\n');
  const problems = problemsOf(text);
  expect(problems).toEqual([
    '1: version: must be 1',
    '2: alpha: must be at most 0.25',
    '3: margins.total: must be more than 0',
    expect.stringMatching(/^3: margins\.cultur: unknown key; did you mean "culture"\?/),
    '4: inconclusive: must be one of fail, warn',
    '6: floors[0].atLeast: is missing; expected a number',
    expect.stringMatching(/^7: corection: unknown key; did you mean "correction"\?/),
  ]);
});

test('a culture that no question has would never be gated, and is an error with its line', () => {
  const text = [
    'version: 1',
    'margins:',
    '  cultures: { Arabic: 0.5 }',
    'floors:',
    '  - { culture: Arab, category: Opinion, atLeast: 5 }',
    '  - { scope: Worldwide, atLeast: 5 }',
  ].join('\n');
  expect(problemsOf(text)).toEqual([
    '3: margins.cultures.Arabic: no question of the candidate has the culture "Arabic". Did you mean "Arab"? It has: Chinese, Arab, Japanese.',
    '6: floors[1].scope: no question of the candidate has the scope "Worldwide". It has: none.',
  ]);
});

test.each([
  ['', 'must be a mapping'],
  ['- 1', 'must be a mapping'],
  ['version: [', 'is not valid YAML'],
])('a file that is no policy is refused: %j', (text, message) => {
  expect(() => readPolicy(here.write('policy.yaml', text), {})).toThrow(message);
});

const EXAMPLE = fileURLToPath(new URL('../../../configs/gate.yaml', import.meta.url));

test('the example policy is the defaults, and its comments are a policy too', () => {
  expect(readPolicy(EXAMPLE, {}).value).toEqual(policyOf());
  const text = readFileSync(EXAMPLE, 'utf8');
  const uncommented = text.replace(/^# (inconclusive|floors|styles|judges| {2}- \{)/gm, '$1');
  const { value } = readPolicy(here.write('example.yaml', uncommented), {});
  expect(value).toMatchObject({ inconclusive: 'fail', styles: ['zero-shot'], judges: ['GPT-4.1'] });
  expect(value.floors).toEqual([{ culture: 'Arab', atLeast: 5 }, { atLeast: 6 }]);
});
