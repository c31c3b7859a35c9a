import { expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { renderRubric } from '../../src/prompts/rubric.ts';
import { renderStyle } from '../../src/prompts/style.ts';
import { compileTemplate } from '../../src/prompts/template.ts';

const item: Item = {
  id: '1',
  question: 'Wie heißt "der" Berg?',
  reference: 'Säntis & {{co}}',
  culture: 'Swiss',
  language: 'de',
  category: 'Cultural entities',
  scope: null,
  association: null,
  cluster: null,
};

function template(text: string) {
  return compileTemplate({ file: 'a.hbs', text });
}

test('a style without system template is one user message', () => {
  const style = { name: 'zero-shot', user: template('{{question}}\n'), system: null };
  expect(renderStyle(style, item)).toEqual([{ role: 'user', content: 'Wie heißt "der" Berg?' }]);
});

test('a system template goes first, filled from the same item; a scope of null is an empty string', () => {
  const style = {
    name: 'role-play',
    user: template('{{question}} ({{language}}, {{category}}, <{{scope}}>)'),
    system: template('{{culture}}{{#if scope}}, {{scope}}{{/if}}'),
  };
  expect(renderStyle(style, item)).toEqual([
    { role: 'system', content: 'Swiss' },
    { role: 'user', content: 'Wie heißt "der" Berg? (de, Cultural entities, <>)' },
  ]);
  expect(renderStyle(style, { ...item, scope: 'Nationwide' })[0]?.content).toBe(
    'Swiss, Nationwide',
  );
});

test('a rubric is one user message with question, reference and response', () => {
  const rubric = {
    name: 'r',
    template: template('{{question}}|{{reference}}|{{response}}|{{scope}}'),
    translations: new Map(),
  };
  expect(renderRubric(rubric, item, 'Rating: [[10]] {{question}}')).toEqual([
    {
      role: 'user',
      content: 'Wie heißt "der" Berg?|Säntis & {{co}}|Rating: [[10]] {{question}}|',
    },
  ]);
});
