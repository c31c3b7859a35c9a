import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jsonLines, makeWorkplace, QUESTIONS, type Workplace } from '../cli/workplace.ts';

let here: Workplace;
let server: Server;
let bodies: Record<string, unknown>[];
/** What the server answers to a request body. */
let reply: (body: Record<string, unknown>) => object;

beforeEach(async () => {
  here = makeWorkplace();
  bodies = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      // vLLM is asked for its metrics, too.
      if (request.method !== 'POST') {
        response.writeHead(404).end('{}');
        return;
      }
      const body = JSON.parse(Buffer.concat(chunks).toString());
      bodies.push(body);
      response.end(JSON.stringify({ model: 'm', ...reply(body) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  here.remove();
  await new Promise((resolve) => server.close(resolve));
});

const USAGE = { prompt_tokens: 9, completion_tokens: 1 };
const chat = (content: string, logprobs: object | null = null) => ({
  choices: [{ index: 0, message: { role: 'assistant', content }, logprobs, finish_reason: 'stop' }],
  usage: USAGE,
});

/** Gold is always the second option; the first question's options are its own. */
const CHOICES = [
  { question: 'Which river?', options: ['Rhine', 'Nile', 'Po'], answer: 1, culture: 'Arab' },
  { question: 'Which dish?', options: ['Pizza', 'Sushi'], answer: 1, culture: 'Japanese' },
  {
    question: 'Which poet?',
    options: ['Goethe', 'Li Bai', 'Dante'],
    answer: 1,
    culture: 'Chinese',
  },
];

function config(source: string, more = ''): void {
  here.write('choices.jsonl', jsonLines(CHOICES));
  here.write(
    'config.yaml',
    `version: 1
name: exact
items:
  - { file: choices.jsonl, scoring: choice, gold: index0, fields: { gold: answer }, set: { language: en, category: Culture }${source} }
${more}
endpoints: { gpu: { kind: vllm, baseUrl: "http://127.0.0.1:${address()}/v1" } }
models: [{ name: M, endpoint: gpu, model: m }]
`,
  );
}

function address(): number {
  const bound: AddressInfo | string | null = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

async function summary() {
  const run = await here.cli(['run', '@config.yaml', '--db', '@s.sqlite']);
  expect(run.code, run.stderr).toBe(0);
  const { stdout } = await here.cli(['report', '--db', '@s.sqlite', '--json']);
  return JSON.parse(stdout);
}

const promptOf = (body: Record<string, unknown>) =>
  JSON.stringify(body['messages'] ?? body['prompt']);

test('a run without a judge scores what it can read and reports the rest as unread', async () => {
  config('');
  // Right, wrong, and two labels: 1 of 2 read.
  reply = (body) => {
    if (promptOf(body).includes('river')) return chat('The answer is B.');
    return chat(promptOf(body).includes('dish') ? 'A' : 'A or B');
  };
  const { estimates, accuracy } = await summary();
  const [whole] = estimates;
  expect(whole).toMatchObject({ scale: 'accuracy', judge: 'choice', style: 'letter', by: {} });
  // Wilson, 1 of 2: (.094531, .905469).
  expect(whole.estimate).toMatchObject({ value: 0.5, n: 2, missing: 1 });
  expect(whole.estimate.low).toBeCloseTo(0.094531, 5);
  // Chance: (1/3 + 1/2 + 1/3) / 3; bounds: one of three right for sure, two if the unread one were.
  expect(accuracy.figures[0]).toMatchObject({ right: 1, wrong: 1, unread: 1, missing: 0 });
  expect(accuracy.figures[0].chance).toBeCloseTo(0.388889, 6);
  expect(accuracy.figures[0].bounds.low).toBeCloseTo(1 / 3, 12);
  expect(accuracy.figures[0].bounds.high).toBeCloseTo(2 / 3, 12);
  expect(accuracy.unread).toMatchObject([{ cause: 'several', count: 1 }]);
});

test('every rotation of the options is one call, and the score of a question their mean', async () => {
  config(', options: { order: cyclic }');
  // Always the first place: right where the right option stands there.
  reply = () => chat('A');
  const { estimates, accuracy } = await summary();
  expect(bodies).toHaveLength(3 + 2 + 3);
  // Once in three, two and three rotations: (1/3 + 1/2 + 1/3) / 3.
  expect(estimates[0].estimate).toMatchObject({ n: 3, missing: 0 });
  expect(estimates[0].estimate.value).toBeCloseTo(0.388889, 6);
  expect(accuracy.allOrders).toMatchObject([{ questions: 3, rightInAll: 0, rightInSome: 3 }]);
  const three = accuracy.positions.find(({ options }: { options: number }) => options === 3);
  // Recall 1, 0, 0: RStd = √(2/9).
  expect(three.places.map(({ recall }: { recall: number }) => recall)).toEqual([1, 0, 0]);
  expect(three.rstd).toBeCloseTo(Math.sqrt(2 / 9), 12);
});

test('rated and exact questions share a run and no average', async () => {
  here.write('items.jsonl', jsonLines(QUESTIONS));
  config('', '  - { file: items.jsonl }');
  here.write(
    'config.yaml',
    `${here.read('config.yaml')}judges: [{ name: J, endpoint: gpu, model: j }]\n`,
  );
  reply = (body) => chat(body['model'] === 'j' ? 'Fine.\nRating: [[7]]' : 'B');
  const { estimates, planned, rated } = await summary();
  const whole = estimates.filter(({ by }: { by: object }) => Object.keys(by).length === 0);
  expect(whole).toMatchObject([
    { judge: 'J', scale: 'rating', estimate: { value: 7, n: 2 } },
    { judge: 'choice', scale: 'accuracy', estimate: { value: 1, n: 3 } },
  ]);
  expect([planned, rated]).toEqual([2, 2]);
  const compared = await here.cli(['compare', '--db', '@s.sqlite', 'exact']);
  expect(compared.code).toBe(2);
  expect(compared.stderr).toContain('the two are never compared');
});

test('the first token decides by the probability on the offered labels', async () => {
  config(', method: logprobs');
  const token = (text: string, share: number) => ({
    token: text,
    logprob: Math.log(share),
    bytes: null,
  });
  const first = (...top: ReturnType<typeof token>[]) =>
    chat(String(top[0]?.token), { content: [{ ...top[0], top_logprobs: top }] });
  reply = (body) => {
    // " B" and full width add up to .6 against .3: right. Then A: wrong. Then .4 on labels: unread.
    if (promptOf(body).includes('river'))
      return first(token('A', 0.3), token(' B', 0.4), token('Ｂ', 0.2));
    return promptOf(body).includes('dish')
      ? first(token('A', 0.9))
      : first(token('The', 0.6), token('B', 0.4));
  };
  const { accuracy } = await summary();
  expect(bodies[0]).toMatchObject({ max_tokens: 1, logprobs: true, top_logprobs: 20 });
  expect(accuracy.figures[0]).toMatchObject({ right: 1, wrong: 1, unread: 1 });
  expect(accuracy.unread).toMatchObject([{ cause: 'little-mass', count: 1 }]);
  expect(accuracy.measures[0].mean).toBeCloseTo((0.9 + 0.9 + 0.4) / 3, 9);
});

/** An echoing server: every prompt token has log-probability -1, the last one what `last` says. */
function echo(body: Record<string, unknown>, last: (prompt: string) => number) {
  const prompt = String(body['prompt']);
  const tokens = [...(prompt.match(/\s?\S+|\s+/gu) ?? []), '\n'];
  const count = tokens.length - 1;
  return {
    choices: [
      {
        index: 0,
        text: `${prompt}\n`,
        finish_reason: 'length',
        logprobs: {
          tokens,
          token_logprobs: tokens.map(
            (_, at) => [null, last(prompt)][at === 0 ? 0 : Number(at === count - 1)] ?? -1,
          ),
        },
      },
    ],
    usage: { prompt_tokens: count, completion_tokens: 1 },
  };
}

test('the likeliest option behind the prompt is chosen, by the normalisation that the source says', async () => {
  config(', method: loglikelihood, likelihood: { of: text, normalise: characters }');
  // Per character: Nile -2/4 before Rhine -4/5 and Po -2/2; by the sum Nile and Po would be equal.
  const scores: Record<string, number> = { Nile: -2, Rhine: -4, Po: -2 };
  reply = (body) => echo(body, (prompt) => scores[prompt.split(' ').at(-1) ?? ''] ?? -3);
  const { accuracy } = await summary();
  expect(bodies).toHaveLength(8);
  expect(bodies[0]).toMatchObject({ echo: true, logprobs: 1, max_tokens: 1 });
  expect(String(bodies[0]?.['prompt'])).toMatch(/Answer: Rhine$/);
  expect(
    accuracy.figures.find(({ by }: { by: { culture?: string } }) => by.culture === 'Arab'),
  ).toMatchObject({ right: 1, wrong: 0 });
});

test('a server that does not echo the prompt is refused: no option scores 0', async () => {
  config(', method: loglikelihood');
  reply = () => ({
    choices: [
      {
        index: 0,
        text: 'B',
        finish_reason: 'length',
        logprobs: { tokens: ['B'], token_logprobs: [-0.1] },
      },
    ],
    usage: { prompt_tokens: 40, completion_tokens: 1 },
  });
  const run = await here.cli(['run', '@config.yaml', '--db', '@s.sqlite']);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('does not echo the prompt (llama.cpp ignores `echo`)');
  expect(run.stderr).toContain('Azure and OpenAI chat can do `generate` and `logprobs`');
});

test('an endpoint that cannot give likelihoods is refused before anything is called', async () => {
  config(', method: loglikelihood');
  here.write('config.yaml', here.read('config.yaml').replace('kind: vllm', 'kind: openai'));
  reply = () => chat('B');
  const { code, stderr } = await here.cli(['validate', '@config.yaml']);
  expect(code).toBe(2);
  expect(stderr).toContain('which only vLLM gives; not gpu (openai)');
  expect(bodies).toEqual([]);
});

test('a candidate that lost right answers fails the gate, and one that did not passes', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...{ question: `Question ${index}?`, options: ['x', 'y', 'z'], answer: 1, culture: 'Arab' },
  }));
  config('', '');
  here.write('choices.jsonl', jsonLines(many));
  here.write(
    'config.yaml',
    here
      .read('config.yaml')
      .replace(
        '{ name: M, endpoint: gpu, model: m }',
        '{ name: M, variant: old, endpoint: gpu, model: old }, { name: M, variant: new, endpoint: gpu, model: new }',
      ),
  );
  // The new one is wrong on a third of the questions.
  reply = (body) => {
    const number = Number(/Question (\d+)/.exec(promptOf(body))?.[1]);
    return chat(body['model'] === 'new' && number % 3 === 0 ? 'A' : 'B');
  };
  expect((await here.cli(['run', '@config.yaml', '--db', '@s.sqlite'])).code).toBe(0);
  const lost = await here.cli(['gate', ':M/new', '--baseline', ':M/old', '--db', '@s.sqlite']);
  expect(lost.code, lost.stderr).toBe(1);
  expect(lost.stdout + lost.stderr).toContain('33.33');
  const kept = await here.cli(['gate', ':M/old', '--baseline', ':M/new', '--db', '@s.sqlite']);
  expect(kept.code, kept.stderr).toBe(0);
});
