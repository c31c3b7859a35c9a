/** Whether an answer is in the language of its question; `unclear` where the text does not decide it. */
export const LANGUAGE_VERDICTS = ['as-asked', 'other', 'unclear'] as const;
export type LanguageVerdict = (typeof LANGUAGE_VERDICTS)[number];

/** What an answer's language was found to be. */
export interface AnswerLanguage {
  readonly verdict: LanguageVerdict;
  /**
   * BCP 47: a language, a script alone (`und-Hani`: Chinese or Japanese), `mul` for a mixture;
   * null where there is too little text.
   */
  readonly detected: string | null;
}
