/** Tells the language of a text that is long enough to tell. Deterministic. */
export interface LanguageIdentifier {
  /** ISO 639-1 code of the likeliest language; null where the text does not decide it. */
  identify(text: string): string | null;
  /** Codes that it can give. */
  readonly languages: ReadonlySet<string>;
}
