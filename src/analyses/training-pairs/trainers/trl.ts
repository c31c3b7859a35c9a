import { assistant, type Method, type Trainer, user } from './trainer.ts';

/** SimPO moved to trl.experimental with CPO. */
const TRAINERS: Readonly<Record<Method, string>> = {
  dpo: 'trl.DPOTrainer(…, train_dataset=dataset)',
  kto: 'trl.KTOTrainer(…, train_dataset=dataset)',
  simpo:
    'trl.experimental.cpo.CPOTrainer(…, args=CPOConfig(loss_type="simpo", cpo_alpha=0.0), train_dataset=dataset)',
  sft: 'trl.SFTTrainer(…, train_dataset=dataset)',
};

/** Conversational data with an explicit prompt. */
export const trl: Trainer = {
  methods: ['dpo', 'kto', 'simpo', 'sft'],
  pair: ({ prompt, chosen, rejected }) => ({
    prompt: [user(prompt)],
    chosen: [assistant(chosen)],
    rejected: [assistant(rejected)],
  }),
  labelled: ({ prompt, completion, desirable }) => ({
    prompt: [user(prompt)],
    completion: [assistant(completion)],
    label: desirable,
  }),
  completion: ({ prompt, completion }) => ({
    prompt: [user(prompt)],
    completion: [assistant(completion)],
  }),
  usage: (method, file) => [
    `dataset = datasets.load_dataset("json", data_files="${file}", split="train")`,
    TRAINERS[method],
  ],
  registry: null,
};
