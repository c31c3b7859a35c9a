/** Harnesses whose answer files are read by name. */
export const ANSWER_FORMATS = [
  'alpaca-eval',
  'mt-bench',
  'lm-eval',
  'inspect',
  'promptfoo',
] as const;
export type AnswerFormatName = (typeof ANSWER_FORMATS)[number];
