import { assistant, type Method, type Trainer, user } from './trainer.ts';

const OBJECTIVES: Readonly<Record<Method, { readonly rl: string | null; readonly type: string }>> =
  {
    dpo: { rl: 'dpo', type: 'chat_template.default' },
    kto: { rl: 'kto', type: 'chatml.ultra' },
    simpo: { rl: 'simpo', type: 'chat_template.default' },
    sft: { rl: null, type: 'chat_template' },
  };

/** Messages for chat templates; KTO takes plain texts. */
export const axolotl: Trainer = {
  methods: ['dpo', 'kto', 'simpo', 'sft'],
  pair: ({ prompt, chosen, rejected }) => ({
    messages: [user(prompt)],
    chosen: assistant(chosen),
    rejected: assistant(rejected),
  }),
  labelled: ({ prompt, completion, desirable }) => ({ prompt, completion, label: desirable }),
  completion: ({ prompt, completion }) => ({ messages: [user(prompt), assistant(completion)] }),
  usage: (method, file) => {
    const { rl, type } = OBJECTIVES[method];
    return [
      ...(rl === null ? [] : [`rl: ${rl}`]),
      'datasets:',
      `  - { path: ${file}, ds_type: json, split: train, type: ${type} }`,
    ];
  },
  registry: null,
};
