import { request } from 'undici';
import type { Reference } from '../../../src/adapters/simulator/minds/question-index.ts';
import type { Simulator } from '../../../src/adapters/simulator/server.ts';

/** Questions and answers written for these tests. */
export const REFERENCES: readonly Reference[] = [
  {
    question: '端午节为什么要吃粽子？',
    reference: '吃粽子是为了纪念诗人屈原。人们把糯米包在竹叶里投入江中，后来成了节日的食物。',
    language: 'zh',
  },
  {
    question: '在北方，冬至那天吃什么？',
    reference: '北方人冬至吃饺子。老人们常说，冬至不吃饺子会冻掉耳朵。',
    language: 'zh',
  },
  {
    question: '中秋节的主要食物是什么？',
    reference: '月饼是中秋节的主要食物，一家人赏月的时候分着吃，象征团圆。',
    language: 'zh',
  },
  {
    question: '新しい家に引っ越したら近所に何を配りますか？',
    reference:
      '引っ越しそばを配る習慣があります。細く長いお付き合いをという願いが込められています。',
    language: 'ja',
  },
  {
    question: 'お正月に子どもがもらうものは何ですか？',
    reference: '親や親戚からお年玉をもらいます。小さな袋にお金を入れて渡すのが普通です。',
    language: 'ja',
  },
  { question: '節分に何をまきますか？', reference: '豆をまきます。', language: 'ja' },
  {
    question: 'ماذا يقدم المضيف للضيوف أولا في البيوت البدوية؟',
    reference:
      'يقدم المضيف القهوة العربية مع التمر. يشرب الضيف فنجانا واحدا على الأقل احتراما لصاحب البيت.',
    language: 'ar',
  },
  {
    question: 'أكمل البيت التالي:\nيا ليل الصب متى غده',
    reference: 'أقيام الساعة موعده، وهو من قصيدة معروفة للشاعر الحصري القيرواني.',
    language: 'ar',
  },
  {
    question: 'متى يفطر الصائمون في رمضان؟',
    reference: 'يفطر الصائمون عند غروب الشمس مع أذان المغرب، ويبدأ كثير منهم بالتمر والماء.',
    language: 'ar',
  },
  {
    question: 'What is thrown at a wedding for luck?',
    reference:
      'Guests throw rice over the couple as they leave. Petals are used where rice is not allowed.',
    language: 'en',
  },
];

/** The reference of a known question. */
export function referenceOf(question: string): string {
  return REFERENCES.find((known) => known.question === question)?.reference ?? '';
}

/** A judge prompt in the manner of the paper's: all three texts after headings on their lines. */
export function judgePrompt(question: string, response: string): string {
  return `Rate the response. Write it as "Rating: [[number]]", for example "Rating: [[6]]".

## Question: ${question}
## Golden Answer: ${referenceOf(question)}
## Assistant’s response: ${response}`;
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  /** The parsed body; null where it is no JSON. */
  readonly json: Body;
}

/** The parts of all bodies that tests look into; which of them are there is for the test to know. */
interface Body {
  readonly id: string;
  readonly model: string;
  readonly system_fingerprint: string;
  readonly object: string;
  readonly choices: readonly [Choice];
  readonly usage: unknown;
  readonly error: { readonly message: string; readonly code: unknown };
  readonly data: unknown[];
}

interface Choice {
  readonly message: { readonly content: string; readonly reasoning: string };
  readonly text: string;
  readonly finish_reason: string;
  readonly content_filter_results: { readonly error: { readonly code: string } };
}

export interface Post {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** One POST over a real socket. A string body is sent as it is. */
export async function post(simulator: Simulator, { path, headers, body }: Post): Promise<Reply> {
  const reply = await request(simulator.url + (path ?? '/v1/chat/completions'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return readReply(reply.statusCode, reply.headers, await reply.body.text());
}

export async function get(
  simulator: Simulator,
  path: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const reply = await request(simulator.url + path, { headers });
  return readReply(reply.statusCode, reply.headers, await reply.body.text());
}

function readReply(status: number, headers: Reply['headers'], text: string): Reply {
  return { status, headers, text, json: parse(text) };
}

function parse(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse('null');
  }
}

/** A chat body with one user message. */
export function chat(model: string, content: string, more: Record<string, unknown> = {}) {
  return { model, messages: [{ role: 'user', content }], ...more };
}

/** The text of a chat reply. */
export async function talk(simulator: Simulator, body: unknown, id?: string): Promise<string> {
  const headers = id === undefined ? {} : { 'x-request-id': id };
  const { json } = await post(simulator, { body, headers });
  return String(json.choices[0].message.content);
}

/** The rating in a verdict's last line. */
export function ratingOf(verdict: string): number {
  return Number(/^Rating: \[\[(\d+)\]\]$/u.exec(verdict.split('\n').at(-1) ?? '')?.[1]);
}
