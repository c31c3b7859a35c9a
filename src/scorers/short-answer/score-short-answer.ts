import { splitReasoning } from '../../domain/reasoning.ts';
import { crowdMatch, type VotedAnswer } from './crowd-match.ts';
import { delimitedSpans } from './delimited-spans.ts';
import { echoesQuestion } from './echo.ts';
import { containsAnswer, isNumeral, plainAnswer, withoutArticle } from './plain-answer.ts';

/** Raised whenever the same reply could now score differently; stored beside every outcome. */
export const SHORT_ANSWER_VERSION = 1;

export interface ShortAnswerScore {
  /** The whole reply, or a part that stands by itself, is an accepted answer. */
  readonly strict: boolean;
  /** An accepted answer is somewhere in the reply; numbers as whole numbers. */
  readonly lenient: boolean;
  /** BLEnD's way: 1 where an accepted answer is in the reply, else 0; numbers within numbers too. */
  readonly crowd: number;
  /** BLEnD's way, by votes: 0 to 1. */
  readonly crowdWeighted: number;
  /** The reply repeats the question, and with it whatever answer that may hold. */
  readonly echo: boolean;
  /** Code points of the reply, without thinking. */
  readonly characters: number;
}

/**
 * Scores a reply by the accepted answers, at least one. Where several numbers stand by themselves in a
 * reply, all have to be accepted: listing the days of a month answers nothing.
 */
export function scoreShortAnswer(
  { question, answers }: { readonly question: string; readonly answers: readonly VotedAnswer[] },
  reply: string,
): ShortAnswerScore {
  const text = (splitReasoning(reply, null).text ?? '').trim();
  const accepted = acceptedForms(answers);
  const crowd = crowdMatch(text, answers);
  const whole = plainAnswer(text);
  return {
    strict: isStrictly(text, accepted),
    lenient: [...accepted].some((answer) => containsAnswer(whole, answer)),
    crowd: crowd.matched ? 1 : 0,
    crowdWeighted: crowd.weight,
    echo: echoesQuestion(text, question),
    characters: Array.from(text).length,
  };
}

function acceptedForms(answers: readonly VotedAnswer[]): ReadonlySet<string> {
  const forms = answers
    .flatMap(({ texts }) => texts.map(plainAnswer))
    .filter((form) => form !== '');
  return new Set(forms.flatMap((form) => [form, withoutArticle(form)]));
}

function isStrictly(reply: string, accepted: ReadonlySet<string>): boolean {
  const spans = delimitedSpans(reply);
  const hits = [...spans].filter((span) => accepted.has(span));
  const words = hits.filter((hit) => !isNumeral(hit));
  return (
    words.length > 0 ||
    (hits.length > 0 && [...spans].filter(isNumeral).every((span) => accepted.has(span)))
  );
}
