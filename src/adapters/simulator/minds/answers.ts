import { askedChoice, choiceReply, takenOption } from './choices.ts';
import { distort } from './distort.ts';
import { drawsFrom, normal, pick, uniform } from './draws.ts';
import { FILLERS, fillerLanguage, languageOfScript } from './fillers.ts';
import type { QuestionIndex, QuestionMatch } from './question-index.ts';

/** A prompt that wants an answer. */
export interface AnswerRequest {
  readonly model: string;
  /** All messages, joined. */
  readonly prompt: string;
  readonly hasSystemMessage: boolean;
  /** Names the draw: equal keys give equal answers. */
  readonly drawKey: string;
}

/**
 * Writes an answer that is as good as the model's skill and the question's difficulty make it: the
 * reference, more or less distorted. A question without a reference gets a sentence that fits any.
 */
export function writeAnswer(request: AnswerRequest, index: QuestionIndex): string {
  const match = index.find(request.prompt);
  const draw = drawsFrom(request.drawKey);
  if (match === null) return pick(FILLERS[languageOfScript(request.prompt)], draw);
  const choice = askedChoice(match, request.prompt);
  if (choice !== null) {
    const taken = takenOption(choice, answerQuality(request, match), request.drawKey);
    return choiceReply(taken, request.drawKey);
  }
  const { reference, language, short } = match.references[0];
  if (short) {
    const knows = uniform('knows', request.drawKey) < answerQuality(request, match);
    return knows ? reference : pick(FILLERS[fillerLanguage(language, reference)], draw);
  }
  return distort(reference, {
    language: fillerLanguage(language, reference),
    quality: answerQuality(request, match),
    draw,
  });
}

/**
 * 0..1. On the logit scale: the model's skill, a difficulty that all models share, a part of this
 * model on this question, and a part of this one draw. So models correlate over questions, and
 * repeated trials scatter less than questions do.
 */
export function answerQuality(request: AnswerRequest, match: QuestionMatch): number {
  const { model, drawKey } = request;
  const { question } = match.references[0];
  // So near to 0 and 1 that no draw can make 100 lose a character, or 00 keep one.
  const skill = Math.min(1 - 1e-6, Math.max(1e-6, modelSkill(model)));
  const logit =
    Math.log(skill / (1 - skill)) +
    0.7 * normal('difficulty', question) +
    0.5 * normal('affinity', model, question) +
    0.35 * normal('draw', drawKey) +
    styleBonus(request, match);
  return 1 / (1 + Math.exp(-logit));
}

/** Guidance around the question helps a little, most when part of it is a system message. */
function styleBonus({ prompt, hasSystemMessage }: AnswerRequest, match: QuestionMatch): number {
  const guidance = prompt.length - (match.end - match.start);
  return 0.15 * Math.min(1, guidance / 300) + (hasSystemMessage ? 0.15 : 0);
}

/**
 * 0..1. `simulated-85` is 0.85; the number must be 00 to 100 after a separator, and not the day of a
 * date such as gpt-4o-2024-08-06. Any other name gets a skill of its own between 0.35 and 0.9.
 */
function modelSkill(model: string): number {
  const digits = /(?<!\d)[-_:](\d{2}|100)$/u.exec(model)?.[1];
  return digits === undefined ? 0.35 + 0.55 * uniform('skill', model) : Number(digits) / 100;
}
