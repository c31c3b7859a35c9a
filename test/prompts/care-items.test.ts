import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Item } from '../../src/domain/item.ts';
import { lintTemplate } from '../../src/prompts/lint.ts';
import { fromReleased, toReleased } from '../../src/prompts/released-template.ts';
import { renderRubric } from '../../src/prompts/rubric.ts';
import { compileTemplate } from '../../src/prompts/template.ts';

/** The released test set and judge prompts, kept beside the repository and not in it. */
const care = new URL('../../../shared/data/care/', import.meta.url);
const absent = !existsSync(care);
const why = `${care.pathname} is absent: the CARE test set is not part of the repository`;
if (absent) process.stderr.write(`skipped: ${why}\n`);

const rowSchema = z.object({ question: z.string(), answer: z.string(), culture_type: z.string() });

const sets = [
  ['Arabic', 'ar'],
  ['Chinese', 'zh'],
  ['Japanese', 'ja'],
] as const;

function itemsOf(name: string, language: string): Item[] {
  const rows = z.array(rowSchema).parse(JSON.parse(read(`${name}-test.json`)));
  return rows.map(({ question, answer, culture_type }, index) => ({
    id: `${name}-${index}`,
    question,
    reference: answer,
    culture: name,
    language,
    category: culture_type,
    scope: null,
    association: null,
    cluster: null,
  }));
}

function read(file: string): string {
  return readFileSync(new URL(file, care), 'utf8');
}

test.for(['entities_opinion', 'norms_commonsense', 'literacy'])(
  'the released prompt %s renders all 450 items as plain replacement does',
  (prompt, { skip }) => {
    skip(absent, why);
    const released = read(`prompts/${prompt}.txt`);
    const text = fromReleased(released);
    expect(toReleased(text)).toBe(released);
    expect(lintTemplate('judge', { file: prompt, text })).toEqual([]);
    const rubric = {
      name: prompt,
      template: compileTemplate({ file: prompt, text }),
      translations: new Map(),
    };
    const items = sets.flatMap(([name, language]) => itemsOf(name, language));
    expect(items).toHaveLength(450);
    for (const item of items) {
      // A response with every sign that templates and HTML care about.
      const response = `${item.reference}\n{{question}} {{{x}}} \\{{y}} & < > " ' \` = $& \0`;
      const [before = '', afterQuestion = ''] = released.split('{question}');
      const [between = '', afterReference = ''] = afterQuestion.split('{answer}');
      const [label = '', end = ''] = afterReference.split('{response}');
      expect(renderRubric(rubric, item, response)).toEqual([
        {
          role: 'user',
          content: before + item.question + between + item.reference + label + response + end,
        },
      ]);
    }
  },
);
