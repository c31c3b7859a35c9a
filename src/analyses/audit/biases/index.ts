import { answerEnglish } from './answer-english.ts';
import type { Bias } from './bias.ts';
import { criteriaOrder } from './criteria-order.ts';
import { length } from './length.ts';
import { referenceAbsent } from './reference-absent.ts';
import { referenceParaphrased } from './reference-paraphrased.ts';
import { rubricLanguage } from './rubric-language.ts';
import { selfPreference } from './self-preference.ts';
import { verdictInjected } from './verdict-injected.ts';

/** Every bias that an audit measures, in the order of its report. */
export const biases = {
  'self-preference': selfPreference,
  length,
  'criteria-order': criteriaOrder,
  'reference-absent': referenceAbsent,
  'reference-paraphrased': referenceParaphrased,
  'answer-english': answerEnglish,
  'verdict-injected': verdictInjected,
  'rubric-language': rubricLanguage,
} as const satisfies Record<string, Bias>;

export type Measure = keyof typeof biases;

const isMeasure = (name: string): name is Measure => Object.hasOwn(biases, name);

export const MEASURES: readonly Measure[] = Object.keys(biases).filter(isMeasure);
