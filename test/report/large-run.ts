import { type GeneratedRun, generatedRun } from './generated.ts';

const NAMES = [
  'Gemma2-9B',
  'Llama3.1-8B',
  'Qwen2.5-7B',
  'Mistral-7B',
  'DeepSeek-R1-Distill-Llama-70B-Instruct-AWQ',
  'GPT-4o',
  '通义千问大模型',
  'نموذج اللغة العربية',
  'Swallow-70B 日本語版',
  'Command-R+',
  'Yi-1.5-34B',
  'Falcon-180B',
];

export const TWELVE_MODELS: GeneratedRun['models'] = NAMES.map((name, index) => ({
  name,
  variant: null,
  baseline: null,
  size: [9, 8, 7, 7, 70, 200, 72, 13, 70, 104, 34, 180][index] ?? 1,
}));

export const TUNED_MODELS: GeneratedRun['models'] = NAMES.slice(0, 4).flatMap((name) => [
  { name, variant: 'Vanilla', baseline: null, dataShare: 0 },
  { name, variant: 'DPO', baseline: 'Vanilla', dataShare: 0.5 },
  { name, variant: 'Aligned', baseline: 'Vanilla', dataShare: 1 },
]);

/** Twelve models under two prompting styles on 150 questions, long and foreign names among them. */
export function twelveModels(): ReturnType<typeof generatedRun> {
  return generatedRun({
    models: TWELVE_MODELS,
    styles: ['zero-shot', 'role-play'],
    judges: ['GPT-4o'],
    missing: 0.01,
    perCell: 10,
  });
}
