import type { CallMeta } from '../domain/call.ts';
import type { ExpectedRating, VerdictFormat } from '../domain/judgment.ts';
import type { TokenEvidence } from '../domain/token-evidence.ts';

/** What is kept of an answer beside its text. */
export interface ResponseMeta extends CallMeta {
  /** Token probabilities, where a choice is read from them. */
  readonly evidence?: TokenEvidence;
  /** The answer holds what reads like a verdict, which may lead a judge astray. */
  readonly suspect: boolean;
}

/** What is kept of a judgment beside its outcome. */
export interface JudgmentMeta extends CallMeta {
  readonly parserVersion: number;
  /** How the verdict was asked for and read. */
  readonly verdictFormat: VerdictFormat;
  /** null where it was not asked for, or the reply's token probabilities do not tell it. */
  readonly expected: ExpectedRating | null;
  /** How often the judge was asked, the first time included. */
  readonly asks: number;
}
