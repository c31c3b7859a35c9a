import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/adapters/simulator/server.ts';
import { chat, judgePrompt, REFERENCES, ratingOf, referenceOf, talk } from './small-talk.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ references: REFERENCES });
});
afterAll(() => simulator.close());

const QUESTION = '端午节为什么要吃粽子？';

async function meanRating(model: string): Promise<number> {
  const ratings: number[] = [];
  for (const { question } of REFERENCES) {
    for (const seed of [1, 2, 3]) {
      const answer = await talk(simulator, chat(model, question, { seed, temperature: 0 }));
      const verdict = await talk(simulator, chat('judge', judgePrompt(question, answer)));
      ratings.push(ratingOf(verdict));
    }
  }
  return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
}

describe('skill', () => {
  it('orders models by the number in their names', async () => {
    const high = await meanRating('simulated-90');
    const middle = await meanRating('simulated-60');
    const low = await meanRating('simulated-30');
    expect(high).toBeGreaterThan(middle + 1);
    expect(middle).toBeGreaterThan(low + 1);
  });

  it('does not take a date or a version for a skill', async () => {
    // A skill of 0.06 keeps next to nothing; of 1, everything.
    expect(await meanRating('gpt-4o-2024-08-06')).toBeGreaterThan(3);
    expect(await meanRating('gpt-4')).toBeGreaterThan(3);
  });

  it('gives every reference itself at 100', async () => {
    for (const { question, reference } of REFERENCES) {
      expect(await talk(simulator, chat('simulated-100', question))).toBe(reference);
    }
  });
});

describe('which question is asked', () => {
  it.each([
    ['on a line of its own', `Answer this.\n\n${QUESTION}\n\nBe brief.`],
    ['inside a line', `Please answer: ${QUESTION} Be brief.`],
    ['with text right up to it', `请回答：${QUESTION}请简短`],
  ])('is seen %s', async (_name, prompt) => {
    const answer = await talk(simulator, chat('simulated-100', prompt));
    expect(answer).toBe(referenceOf(QUESTION));
  });

  it('is seen over several lines, in parts and across messages', async () => {
    const question = 'أكمل البيت التالي:\nيا ليل الصب متى غده';
    const body = {
      model: 'simulated-100',
      messages: [
        { role: 'system', content: 'You know poetry.' },
        { role: 'user', content: [{ type: 'text', text: `س: ${question}` }] },
      ],
    };
    expect(await talk(simulator, body)).toBe(referenceOf(question));
  });
});

describe('unknown questions', () => {
  it.each([
    ['Chinese', '你好吗，今天怎么样', /^\p{Script=Han}/u],
    ['Japanese', 'おはようございます', /[ぁ-ん]/u],
    ['Arabic', 'كيف حالك اليوم', /^\p{Script=Arabic}/u],
    ['English', 'How do you do', /^[A-Z][a-z]/u],
  ])('get a sentence in %s', async (_name, prompt, script) => {
    expect(await talk(simulator, chat('simulated-50', prompt))).toMatch(script);
  });
});

describe('draws', () => {
  const ask = (more: Record<string, unknown>, id?: string) =>
    talk(simulator, chat('simulated-50', QUESTION, more), id);

  it('give a retry and a resumed run the same answer', async () => {
    expect(await ask({}, 'trial1-a1')).toBe(await ask({}, 'trial1-a2'));
    expect(await ask({}, 'trial1-a1')).toBe(await ask({}, 'trial1'));
  });

  it('differ between trials, by request id and by seed', async () => {
    const byId = await Promise.all([1, 2, 3, 4].map((trial) => ask({}, `trial${trial}-a1`)));
    expect(new Set(byId).size).toBeGreaterThan(1);
    const bySeed = await Promise.all([1, 2, 3, 4].map((seed) => ask({ seed })));
    expect(new Set(bySeed).size).toBeGreaterThan(1);
  });

  it('do not depend on the request id at temperature 0', async () => {
    const ids = ['t1-a1', 't2-a1', 't3-a1', 't4-a1'];
    const answers = await Promise.all(ids.map((id) => ask({ temperature: 0 }, id)));
    expect(new Set(answers).size).toBe(1);
  });

  it('are the same from another server', async () => {
    const other = await startSimulator({ references: REFERENCES });
    const body = chat('simulated-50', QUESTION, { seed: 5 });
    expect(await talk(other, body)).toBe(await talk(simulator, body));
    await other.close();
  });
});
