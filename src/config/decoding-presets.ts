import type { Api, Decoding } from '../domain/model-spec.ts';

/** Settings that a config can name instead of writing them down. */
interface DecodingPreset {
  readonly decoding: Decoding;
  /** How the prompt is put to the model, where the config does not say. */
  readonly api: Api;
}

const PRESETS = {
  // CARE paper, appendix B. Its context of 2048 tokens is the server's: --max-model-len 2048.
  'care-paper': { decoding: { temperature: 0.7, top_p: 1, max_tokens: 1024 }, api: 'chat' },
  // The usage example beside the paper's data: the bare question, no chat template.
  'care-release': { decoding: { temperature: 0.7, top_p: 1, max_tokens: 256 }, api: 'completions' },
} as const satisfies Record<string, DecodingPreset>;

export const PRESET_NAMES = ['care-paper', 'care-release'] as const;
type PresetName = (typeof PRESET_NAMES)[number];

interface AsWritten {
  readonly api?: Api | undefined;
  readonly decoding: Decoding | PresetName;
}

/** The same with a preset's name replaced by what it stands for: that is what runs record. */
export function expandPreset<Written extends AsWritten>(
  written: Written,
): Omit<Written, 'api' | 'decoding'> & { api: Api; decoding: Decoding } {
  const { decoding, api, ...rest } = written;
  const preset = typeof decoding === 'string' ? PRESETS[decoding] : { decoding, api: CHAT };
  return { ...rest, decoding: { ...preset.decoding }, api: api ?? preset.api };
}

const CHAT: Api = 'chat';
