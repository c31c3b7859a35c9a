import { FILLERS } from '../minds/fillers.ts';
import { type Answer, always, type Injection, type Injector } from '../minds/injection.ts';
import type { CompletionBody, Generated } from '../wire/completions.ts';
import { jsonReply } from '../wire/wire-reply.ts';
import { vllmEngineError } from './error-replies.ts';

const THINKING =
  'The question is about a custom. Let me go through what I know of it step by step.';
const HTML = '<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>';

export const BODY_FAULTS = {
  // An error body with status 200 (vLLM 0.15.1 and 0.16.0).
  'error-in-200': always({ ...vllmEngineError(), status: 200 }),
  // A login page with status 200.
  'html-200': always({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: HTML,
  }),
  // Content as a list of thinking and text (Mistral).
  'content-parts': onChoice((choice, text) => ({
    ...choice,
    message: {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: `${THINKING} Rating: [[2]]` }] },
        { type: 'text', text },
      ],
    },
  })),
  // A second choice, before the one of index 0.
  'choices-reversed': onBody((body) => ({
    ...body,
    choices: [
      ...body.choices.map((choice) => ({
        ...choice,
        index: 1,
        message: { role: 'assistant', content: 'Rating: [[1]]' },
      })),
      ...body.choices,
    ],
  })),
  // A stream of events unless the request says `stream: false`.
  'streamed-unasked': ({ answer }) => (answer?.ask.body['stream'] === false ? null : STREAM),
  // An answer with two megabytes of spaces behind it.
  'huge-200': onJson((json) => json + ' '.repeat(2 * 1024 * 1024)),
  // No body.
  'empty-200': always({ status: 200, headers: { 'content-type': 'application/json' }, body: '' }),
  // The body null.
  'null-200': always(jsonReply(200, null)),
  // NaN where JSON wants a value.
  'nan-json': onJson((json) => json.replace(':null', ':NaN')),
  // JSON that stops in the middle.
  'broken-json': onJson((json) => json.slice(0, json.length >> 1)),
  // An empty list of choices.
  'no-choices': onBody((body) => ({ ...body, choices: [] })),
  // Text that ends in half a surrogate pair.
  'lone-surrogate': onText((text) => `${text}\ud83d`),
  // Finish_reason content_filter, content null.
  'completion-filtered': onChoice((choice) => filtered(choice, { content: null })),
  // Finish_reason content_filter, no content at all.
  'completion-filtered-absent': onChoice((choice) => filtered(choice, {})),
  // Finish_reason content_filter after some text.
  'completion-filtered-partial': onChoice((choice, text) =>
    filtered(choice, { content: text.slice(0, text.length >> 1) }),
  ),
  // An answer that no content filter has seen.
  'filter-down': onChoice((choice) => ({
    ...choice,
    content_filter_results: {
      error: { code: 'content_filter_error', message: 'The contents are not filtered' },
    },
  })),
  // Content null, thinking in its own field, finish_reason length.
  'reasoning-used-budget': onGenerated((generated) => ({
    ...generated,
    text: null,
    reasoning: THINKING,
    finishReason: 'length',
  })),
  // Thinking in the text, between <think> and </think>.
  'think-tags': onText((text) => `<think>\n${THINKING}\n</think>\n\n${text}`),
  // Thinking in the text, ended by </think> but not opened.
  'think-closer': onText((text) => `${THINKING}\n</think>\n\n${text}`),
  // An answer in English, whatever language was asked in.
  'answer-in-english': onText(() => FILLERS.en.slice(0, 4).join(' ')),
  // Free text whatever format was asked for.
  'format-ignored': onText(() => 'That is hard to put into a form. On the whole it looks right.'),
  // Another model and fingerprint under the same name.
  'model-swapped': onGenerated((generated) => ({
    ...generated,
    model: `${generated.model}-swapped`,
  })),
  // A stream that breaks off with an error event (streamed requests only).
  'sse-error': onStream(`data: ${vllmEngineError().body}\n\ndata: [DONE]\n\n`),
  // A stream that ends without [DONE] (streamed requests only).
  'sse-cut': onStream(''),
} as const satisfies Readonly<Record<string, Injector>>;

const STREAM = replyWith('data: {"choices":[]}\n\ndata: [DONE]\n\n', 'text/event-stream');

type Choice = CompletionBody['choices'][number];

/** The choice as Azure leaves it when the filter cuts in. */
function filtered(choice: Choice, kept: { content?: string | null }): Choice {
  const { message, text: _text, ...rest } = choice;
  const safe = { filtered: false, severity: 'safe' };
  return {
    ...rest,
    finish_reason: 'content_filter',
    content_filter_results: {
      hate: safe,
      self_harm: safe,
      sexual: safe,
      violence: { filtered: true, severity: 'medium' },
    },
    ...(message === undefined
      ? { text: kept.content ?? '' }
      : { message: { role: 'assistant', ...kept } }),
  };
}

/** Changes what the model generated; a request that generates nothing is let through. */
function onGenerated(change: (generated: Generated) => Generated): Injector {
  return onAnswer((answer) => answer.body(change(answer.generated)));
}

function onText(change: (text: string) => string): Injector {
  return onGenerated((generated) => ({ ...generated, text: change(generated.text ?? '') }));
}

function onChoice(change: (choice: Choice, text: string) => Choice): Injector {
  return onAnswer(({ generated, body }) => {
    const whole = body(generated);
    return {
      ...whole,
      choices: whole.choices.map((choice) => change(choice, generated.text ?? '')),
    };
  });
}

function onBody(change: (body: CompletionBody) => CompletionBody): Injector {
  return onAnswer(({ generated, body }) => change(body(generated)));
}

/** Changes the body's bytes. */
function onJson(change: (json: string) => string): Injector {
  return ({ answer }) => {
    if (answer === null) return null;
    const json = JSON.stringify(answer.body(answer.generated));
    return replyWith(change(json), 'application/json');
  };
}

function onAnswer(make: (answer: Answer) => CompletionBody): Injector {
  return ({ answer }) =>
    answer === null ? null : { kind: 'reply', reply: jsonReply(200, make(answer)) };
}

/** A stream of one chunk, and then `rest`. */
function onStream(rest: string): Injector {
  return ({ answer }) => {
    if (answer?.ask.stream !== true) return null;
    const { model, text } = answer.generated;
    const chunk = {
      id: 'chatcmpl-simulated',
      object: 'chat.completion.chunk',
      model,
      choices: [{ index: 0, delta: { role: 'assistant', content: text }, finish_reason: null }],
    };
    return replyWith(`data: ${JSON.stringify(chunk)}\n\n${rest}`, 'text/event-stream');
  };
}

function replyWith(body: string, contentType: string): Injection {
  return { kind: 'reply', reply: { status: 200, headers: { 'content-type': contentType }, body } };
}
