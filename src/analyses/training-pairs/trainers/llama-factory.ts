import type { Method, Trainer } from './trainer.ts';

const human = (value: string) => ({ from: 'human', value });
const gpt = (value: string) => ({ from: 'gpt', value });

const STAGES: Readonly<Record<Method, readonly string[]>> = {
  dpo: ['stage: dpo', 'pref_loss: sigmoid'],
  kto: ['stage: kto'],
  simpo: ['stage: dpo', 'pref_loss: simpo'],
  sft: ['stage: sft'],
};

const nameOf = (file: string) => file.replace(/\.jsonl$/, '');

/** ShareGPT conversations; the data set is named in dataset_info.json. */
export const llamaFactory: Trainer = {
  methods: ['dpo', 'kto', 'simpo', 'sft'],
  pair: ({ prompt, chosen, rejected }) => ({
    conversations: [human(prompt)],
    chosen: gpt(chosen),
    rejected: gpt(rejected),
  }),
  labelled: ({ prompt, completion, desirable }) => ({
    conversations: [human(prompt), gpt(completion)],
    kto_tag: desirable,
  }),
  completion: ({ prompt, completion }) => ({ conversations: [human(prompt), gpt(completion)] }),
  usage: (method, file) => [...STAGES[method], 'dataset_dir: .', `dataset: ${nameOf(file)}`],
  registry: (method, file) => ({ [nameOf(file)]: entryOf(method, file) }),
};

function entryOf(method: Method, file: string) {
  const own = { file_name: file, formatting: 'sharegpt' };
  const messages = 'conversations';
  switch (method) {
    case 'dpo':
    case 'simpo':
      return {
        ...own,
        ranking: true,
        columns: { messages, chosen: 'chosen', rejected: 'rejected' },
      };
    case 'kto':
      return { ...own, columns: { messages, kto_tag: 'kto_tag' } };
    case 'sft':
      return { ...own, columns: { messages } };
    default:
      return method satisfies never;
  }
}
