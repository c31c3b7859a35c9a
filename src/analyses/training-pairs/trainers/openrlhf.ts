import { assistant, type Method, type Trainer, user } from './trainer.ts';

const KEYS: Readonly<Record<'pair' | 'completion', string>> = {
  pair: '--prompt_key prompt --chosen_key chosen --rejected_key rejected',
  completion: '--input_key prompt --output_key completion',
};

const usage = (method: Method, file: string) => [
  `openrlhf.cli.train_${method} --dataset ${file} --apply_chat_template ${KEYS[method === 'sft' ? 'completion' : 'pair']}`,
];

/** Message lists for --apply_chat_template; the gap is read as `margin`. It has no KTO. */
export const openrlhf: Trainer = {
  methods: ['dpo', 'sft'],
  pair: ({ prompt, chosen, rejected, gap }) => ({
    prompt: [user(prompt)],
    chosen: [assistant(chosen)],
    rejected: [assistant(rejected)],
    ...(gap === null ? {} : { margin: gap }),
  }),
  labelled: null,
  completion: ({ prompt, completion }) => ({
    prompt: [user(prompt)],
    completion: [assistant(completion)],
  }),
  usage,
  registry: null,
};
