/**
 * Why no option could be read from a reply:
 * `empty`, nothing to read; `several`, the reply names two options where it answers; `not-offered`, a
 * label that the question does not have; `none`, it says that no option is right; `refused`, it does not
 * want or know to answer; `label-or-text`, what it names is the label of one option and the text of
 * another; `no-answer`, anything else.
 */
export const UNREAD_REASONS = [
  'empty',
  'several',
  'not-offered',
  'none',
  'refused',
  'label-or-text',
  'no-answer',
] as const;
export type UnreadReason = (typeof UNREAD_REASONS)[number];

/** What decided: an answer word with its label or text, a line that is a label, or an option's text. */
export const READING_RULES = ['anchor', 'label', 'text'] as const;
export type ReadingRule = (typeof READING_RULES)[number];

/** An option as the prompt offered it. */
export interface OfferedOption {
  readonly label: string;
  readonly text: string;
}

/** What a reply to a choice question was found to say. */
export type ChoiceReading =
  | {
      readonly status: 'read';
      /** Position among the options as they were offered, from 0. */
      readonly option: number;
      readonly rule: ReadingRule;
    }
  | { readonly status: 'unread'; readonly reason: UnreadReason };
