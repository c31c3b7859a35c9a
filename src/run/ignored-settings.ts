import type { RunConfig } from '../config/schema.ts';

/** The first version without guided_json and its kin: it answers 200 and constrains nothing (vLLM #29326). */
const WITHOUT_GUIDED = [0, 12, 0] as const;
/** The first one with structured_outputs; older ones ignore it likewise. */
const WITH_STRUCTURED = [0, 10, 2] as const;
/** Builds of their own name no release (`0.1.dev1+g8ec21a5`, `0.0.0`). */
const UNRELEASED = /dev|^0\.0\.0/;
const GUIDED = /^guided_(?:json|regex|choice|grammar|decoding_backend)$/;

/**
 * Settings for structured output that a vLLM of this version takes without a word and ignores, each
 * with what to write instead. Empty for a version that is no release.
 */
export function ignoredSettings(config: RunConfig, endpoint: string, version: string): string[] {
  const [, ...parts] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (parts.length === 0 || UNRELEASED.test(version)) return [];
  const numbers = parts.map((part = '0') => Number(part));
  const guidedGone = compare(numbers, WITHOUT_GUIDED) >= 0;
  const structuredKnown = compare(numbers, WITH_STRUCTURED) >= 0;
  return settingsOf(config, endpoint).flatMap(({ who, setting }) => {
    if (GUIDED.test(setting) && guidedGone)
      return [`${who}: vLLM ${version} ignores ${setting}; use structured_outputs`];
    if (setting === 'structured_outputs' && !structuredKnown)
      return [`${who}: vLLM ${version} ignores structured_outputs; use guided_json`];
    return [];
  });
}

function settingsOf({ models, judges }: RunConfig, endpoint: string) {
  const written = [...models, ...judges]
    .filter((one) => one.endpoint === endpoint)
    .flatMap(({ name, decoding }) =>
      Object.keys(decoding ?? {}).map((setting) => ({ who: name, setting })),
    );
  const verdicts = judges.flatMap(({ name, endpoint: own, verdict }) =>
    own === endpoint && verdict.format === 'json' ? [{ who: name, setting: verdict.by }] : [],
  );
  return [...written, ...verdicts];
}

function compare(version: readonly number[], other: readonly number[]): number {
  const place = other.findIndex((part, index) => part !== version[index]);
  return place < 0 ? 0 : (version[place] ?? 0) - (other[place] ?? 0);
}
