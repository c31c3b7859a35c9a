/** A public set of questions with a right answer, as the Hugging Face hub has it. */
export interface TaskSet {
  readonly title: string;
  readonly dataset: string;
  /** A commit, so that everybody gets the same questions; `main` where none is known to last. */
  readonly revision: string;
  /** As the dataset's card, or its authors, state it. */
  readonly licence: string;
  /** Parts, such as languages, that are fetched without --parts; null: the set has none. */
  readonly parts: readonly string[] | null;
  /** One of the files, for messages. */
  readonly kind: string;
  /** The questions' files; `part` is what they are named by. */
  readonly files: readonly RegExp[];
  /** Columns of one shape or another; a file that has none of them is not this set's. Empty: not checked. */
  readonly shapes: readonly (readonly string[])[];
}

/** Splits as the hub's Parquet files are named: a language's folder, `test-00000-of-00001.parquet`. */
const SPLITS = /^(?<part>[^/]+)\/(?:test|validation|dev)-\d+-of-\d+\.parquet$/;
const OPTION_COLUMNS = ['option_a', 'option_b', 'option_c', 'option_d'];

/** By the name that `fetch` takes. Each has a config in configs/sources. */
export const TASK_SETS: Readonly<Record<string, TaskSet>> = {
  blend: {
    title: 'BLEnD: short answers by region, 500 questions each',
    dataset: 'nayeon212/BLEnD',
    revision: 'main',
    licence: 'CC BY-SA 4.0',
    parts: ['CN', 'DZ'],
    kind: 'annotation file',
    files: [
      /^data\/annotations_hf\/(?<part>[A-Z]{2})_data\.json$/,
      // A checkout of github.com/nlee0212/BLEnD names regions in full.
      /^data\/annotations\/(?<part>\w+)_data\.json$/,
      /^data\/questions_hf\/(?<part>[A-Z]{2})_questions\.json$/,
      /^data\/questions\/(?<part>\w+)_questions\.csv$/,
    ],
    shapes: [],
  },
  include: {
    title: 'INCLUDE (base-44): exam questions of 44 languages, four options',
    dataset: 'CohereLabs/include-base-44',
    revision: 'main',
    licence: 'Apache-2.0',
    parts: ['Arabic', 'Chinese', 'Japanese'],
    kind: 'Parquet file',
    files: [SPLITS],
    shapes: [
      ['question', 'subject', 'regional_feature', ...OPTION_COLUMNS, 'answer'],
      ['question', 'subject', 'regional_feature', 'choices', 'answer'],
    ],
  },
  'mmlu-prox-ja': {
    title: 'MMLU-ProX in Japanese: up to ten options',
    dataset: 'li-lab/MMLU-ProX',
    revision: 'main',
    licence: 'MIT',
    parts: ['ja'],
    kind: 'Parquet file',
    files: [SPLITS],
    shapes: [['question', 'option_0', 'option_9', 'answer', 'category']],
  },
  cmmlu: {
    title: 'CMMLU: 67 subjects in Chinese, four options',
    dataset: 'haonan-li/cmmlu',
    revision: 'efcc940752ea4a1ea94d2727f11f83858d64fc8e',
    licence: 'CC BY-NC 4.0 on the hub, CC BY-NC-SA 4.0 on GitHub',
    parts: null,
    kind: 'ZIP file or CSV file',
    files: [/^cmmlu_v\d+_\d+_\d+\.zip$/, /^(?:data\/)?(?:test|dev)\/\w+\.csv$/],
    shapes: [],
  },
  arabicmmlu: {
    title: 'ArabicMMLU: school exams of eight countries, two to five options',
    dataset: 'MBZUAI/ArabicMMLU',
    revision: 'main',
    licence: 'CC BY-NC 4.0 on the hub, CC BY-NC-SA 4.0 on GitHub',
    parts: null,
    kind: 'CSV file',
    files: [/^All\/(?:test|dev)\.csv$/, /^data\/ArabicMMLU\.csv$/],
    shapes: [['Question', 'Subject', 'Answer Key', 'Option 1', 'Option 2']],
  },
  'global-mmlu': {
    title: 'Global-MMLU: MMLU in 42 languages, part of it marked as culturally sensitive',
    dataset: 'CohereLabs/Global-MMLU',
    revision: 'main',
    licence: 'Apache-2.0',
    parts: ['ar', 'en', 'ja', 'zh'],
    kind: 'Parquet file',
    files: [SPLITS],
    shapes: [['question', 'subject', ...OPTION_COLUMNS, 'answer', 'cultural_sensitivity_label']],
  },
  culturalbench: {
    title: 'CulturalBench: 45 regions, four options (Easy) or four true-or-false rows (Hard)',
    dataset: 'kellycyy/CulturalBench',
    // An older set of the same name had other questions.
    revision: '996d62a55f6a49c13596f0a31b772812a1aacd67',
    licence: 'CC BY 4.0',
    parts: null,
    kind: 'CSV file',
    files: [/^CulturalBench-(?:Easy|Hard)\.csv$/],
    shapes: [
      ['prompt_question', ...OPTION_COLUMNS.map((name) => `prompt_${name}`), 'answer', 'country'],
      ['prompt_question', 'prompt_option', 'answer', 'country'],
    ],
  },
};
