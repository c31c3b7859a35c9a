import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startSimulator } from '../../src/adapters/simulator/server.ts';
import { jsonLines, makeWorkplace } from '../cli/workplace.ts';

const care = fileURLToPath(new URL('../../../shared/data/care/', import.meta.url));
const absent = !existsSync(care);
const why = `${care} is absent: the CARE test set is not part of the repository`;
if (absent) process.stderr.write(`skipped: ${why}\n`);

const SETS = [
  ['Chinese', 'zh'],
  ['Arabic', 'ar'],
  ['Japanese', 'ja'],
] as const;
const rowsSchema = z.array(z.object({ question: z.string(), answer: z.string() }));
const bodySchema = z.object({ messages: z.array(z.object({ content: z.string() })) });

/** Every sign that templates and HTML care about, and none that the rubric frames its parts with. */
const ANSWER = ' {{question}} {{{x}}} \\{{y}} & < > " \' ` = $& $1 “”\t\u00a0';
const RESPOND = '{{question}}';
const JUDGE =
  '<q>{{question}}</q>\n<ref>{{reference}}</ref>\n<a>{{response}}</a>\nRating: [[number]]';

const rowsOf = (culture: string) =>
  rowsSchema.parse(JSON.parse(readFileSync(`${care}${culture}-test.json`, 'utf8')));

test('all 450 CARE questions and references arrive byte for byte, asked and judged', async ({
  skip,
}) => {
  skip(absent, why);
  const here = makeWorkplace();
  const asked: string[] = [];
  const simulator = await startSimulator({
    references: [],
    onRequest: ({ path, body }) => {
      if (!path.endsWith('/completions')) return;
      const { messages } = bodySchema.parse(body);
      asked.push(...messages.map(({ content }) => content));
    },
  });
  // A run of more than two seconds asks this too, in the midst of it.
  await (await fetch(`${simulator.url}/metrics`)).text();
  here.write('ask.hbs', RESPOND);
  here.write('judge.hbs', JUDGE);
  const rows = SETS.flatMap(([culture]) => rowsOf(culture));
  expect(rows).toHaveLength(450);
  here.write(
    'recorded.jsonl',
    jsonLines(rows.map(({ question }) => ({ question, response: ANSWER }))),
  );
  here.write(
    'config.json',
    JSON.stringify({
      version: 1,
      name: 'care',
      items: SETS.map(([culture, language]) => ({
        file: `${care}${culture}-test.json`,
        fields: { reference: 'answer', category: 'culture_type' },
        set: { culture, language },
      })),
      endpoints: { sim: { kind: 'vllm', baseUrl: `${simulator.url}/v1`, concurrency: 64 } },
      models: [
        { name: 'A', endpoint: 'sim', model: 'a' },
        { name: 'Recorded', responses: 'recorded.jsonl' },
      ],
      prompting: ['ask.hbs'],
      judges: [{ name: 'J', endpoint: 'sim', model: 'j', decoding: { temperature: 0 } }],
      rubrics: Object.fromEntries(
        ['Cultural entities', 'Opinion', 'Social norms', 'Cultural commonsense', 'Literacy'].map(
          (category) => [category, 'judge.hbs'],
        ),
      ),
    }),
  );
  const ran = await here.cli(['run', '@config.json', '--db', '@store.sqlite']);
  await simulator.close();
  here.remove();
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toContain('900 ratings, none missing.');
  const judged = asked.filter((text) => text.startsWith('<q>'));
  expect(asked.filter((text) => !judged.includes(text)).sort()).toEqual(
    rows.map(({ question }) => question).sort(),
  );
  const expected = rows.map(({ question, answer }) =>
    JUDGE.split('{{question}}')
      .join(question)
      .split('{{reference}}')
      .join(answer)
      .split('{{response}}')
      .join(ANSWER),
  );
  const arrived = new Set(judged);
  expect(expected.filter((prompt) => !arrived.has(prompt)).length).toBe(0);
  expect(judged).toHaveLength(900);
}, 60_000);
