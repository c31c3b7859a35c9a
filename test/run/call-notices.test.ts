import { expect, test } from 'vitest';
import type { Judgment } from '../../src/domain/judgment.ts';
import type { VerdictSetting } from '../../src/domain/verdict-setting.ts';
import type { CallResult } from '../../src/endpoint/call-queue.ts';
import type { RunJudge } from '../../src/prepare/program.ts';
import { createCallNotices } from '../../src/run/call-notices.ts';
import { completion, sendJson } from '../adapters/openai/fake-server.ts';
import { ask, model, serve } from '../adapters/openai/setup.ts';

function judge(verdict: VerdictSetting): RunJudge {
  const spec = { name: 'J', variant: null, model: 'm', api: 'chat', decoding: {} } as const;
  return {
    spec,
    strictParams: false,
    price: null,
    endpoint: 'gpu',
    reask: 0,
    verdict,
    expectedRating: false,
  };
}

function collecting() {
  const said: string[] = [];
  const notices = createCallNotices((event) => {
    if (event.kind === 'notice') said.push(event.message);
  });
  return { notices, said };
}

const unparsed = (text: string): Judgment => ({
  status: 'unparsed',
  cause: 'no-rating',
  text,
  reasoning: null,
});
const NINE = Array.from({ length: 9 }, () => unparsed('Fine.'));
const FILTERED: Judgment = { status: 'filtered', filter: { stage: 'prompt', categories: [] } };
const GUIDED = { format: 'json', by: 'guided_json' } as const;

test('a judge whose first five verdicts hold no JSON is named once, with the setting its server ignores', () => {
  const { notices, said } = collecting();
  const one = judge(GUIDED);
  for (let count = 1; count <= 4; count += 1) notices.judged(one, unparsed('Fine. Rating: [[8]]'));
  expect(said).toEqual([]);
  for (let count = 5; count <= 12; count += 1) notices.judged(one, unparsed('Fine.'));
  notices.end();
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    /^J: none of 5 verdicts is a JSON object\. .*seems to ignore guided_json/,
  );
});

test('a shorter run is judged at its end', () => {
  const { notices, said } = collecting();
  notices.judged(judge({ format: 'json', by: 'none' }), unparsed('Fine.'));
  expect(said).toEqual([]);
  notices.end();
  expect(said).toEqual([expect.stringMatching(/^J: its only verdict is not a JSON object\. Have/)]);
});

test.each<[string, VerdictSetting, readonly Judgment[]]>([
  ['one object among them, though without a rating', GUIDED, [unparsed('{"mark": 8}'), ...NINE]],
  ['one object that was cut off', GUIDED, [...NINE.slice(0, 4), unparsed('{"commentary": "so')]],
  ['empty verdicts', GUIDED, NINE.map(() => unparsed(' '))],
  ['filtered ones', GUIDED, NINE.map(() => FILTERED)],
  ['verdicts that are to be words', { format: 'text' }, NINE],
])('%s show no ignored setting', (_what, verdict, judgments) => {
  const { notices, said } = collecting();
  const one = judge(verdict);
  for (const judgment of judgments) notices.judged(one, judgment);
  notices.end();
  expect(said).toEqual([]);
});

/** What a call to replicas with these fingerprints comes to, one after the other. */
async function callsTo(fingerprints: readonly (string | null)[]): Promise<CallResult[]> {
  const servers = await Promise.all(
    fingerprints.map((fingerprint) =>
      serve((_, response) =>
        sendJson(response, 200, completion('Yes.', { system_fingerprint: fingerprint })),
      ),
    ),
  );
  const baseUrl = servers.map(({ origin }) => `${origin}/v1`);
  const chatModel = await model({ kind: 'vllm', baseUrl });
  const results: CallResult[] = [];
  for (let call = 0; call < 2 * baseUrl.length; call += 1) {
    const outcome = await ask(chatModel);
    if (outcome.kind !== 'reply') throw new Error(outcome.kind);
    results.push({ kind: 'reply', reply: outcome.reply, attempts: 1, latencyMs: 1 });
  }
  return results;
}

// vLLM's fingerprint: version, parallelism, hash of the options.
test('replicas that name different fingerprints are said to be started differently, once', async () => {
  const { notices, said } = collecting();
  const asked = judge({ format: 'text' });
  for (const call of await callsTo(['vllm-0.32.0-0a1b2c3d', 'vllm-0.32.0-tp2-99ff0011']))
    notices.replied(asked, call);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    /^J: its replicas were started with different options or versions: http:\S+\/v1 is vllm-0\.32\.0-0a1b2c3d, http:\S+\/v1 is vllm-0\.32\.0-tp2-99ff0011\./,
  );
});

test.each([
  ['replicas that agree', ['fp', 'fp']],
  ['replicas of which one names nothing', ['fp', null]],
  ['one server', ['fp']],
])('%s are not remarked on', async (_what, fingerprints) => {
  const { notices, said } = collecting();
  const asked = judge({ format: 'text' });
  for (const call of await callsTo(fingerprints)) notices.replied(asked, call);
  expect(said).toEqual([]);
});

test('a fingerprint that changes on one server is no matter of replicas', async () => {
  const { notices, said } = collecting();
  const asked = judge({ format: 'text' });
  const [before] = await callsTo(['old']);
  const [after] = await callsTo(['new']);
  for (const call of [before, after]) if (call) notices.replied(asked, call);
  expect(said).toEqual([]);
});
