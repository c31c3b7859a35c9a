import { measureLength } from '../observed.ts';
import type { Bias, ObservedEvidence, ObservedShift } from './bias.ts';

export const length: Bias = {
  label: 'Length, per 100 characters',
  effect: 'each 100 characters more of an answer',
  kind: 'observed',
  observe,
};

function observe({ observed, judge }: ObservedEvidence): ObservedShift {
  if (observed.length === 0) return { needs: `needs a run that ${judge} has rated` };
  const against = observed.some(({ others }) => others !== null) ? 'others' : 'none';
  const found = measureLength(observed, against);
  if (found.rows.length === 0)
    return { needs: 'needs several answers to a question, of different length' };
  return {
    ...found,
    method:
      against === 'others'
        ? 'points per 100 characters above what the other judges give for the same answers, within question and model'
        : 'points per 100 characters within question and model; without a second judge it also holds that longer answers may be better',
  };
}
