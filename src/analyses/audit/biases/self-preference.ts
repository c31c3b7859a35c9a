import { measureSelfPreference } from '../observed.ts';
import type { Bias, ObservedEvidence, ObservedShift } from './bias.ts';

export const selfPreference: Bias = {
  label: 'Preference for its own family',
  effect: 'answers of its own family',
  kind: 'observed',
  observe,
};

function observe({ observed, family, judge }: ObservedEvidence): ObservedShift {
  if (family === null)
    return { needs: 'needs `family` on the judge and the models of the config, to tell its own' };
  if (observed.length === 0) return { needs: `needs a run that ${judge} has rated` };
  if (!observed.some(({ relative }) => relative === true))
    return { needs: `needs answers of a model of the family ${family} in the run` };
  if (!observed.some(({ relative }) => relative === false))
    return { needs: `needs answers of a model whose \`family\` is another than ${family}` };
  if (observed.every(({ others }) => others === null))
    return { needs: 'needs the same answers rated by a judge of another family in the run' };
  const found = measureSelfPreference(observed);
  if ((found.rows[0]?.shift.n ?? 0) < 2)
    return { needs: 'needs questions that both a model of its family and another one answered' };
  return {
    ...found,
    method:
      'difference in differences: above the other judges for its own family’s answers, minus the same for the other models, within question; judges that use the scale otherwise can imitate it where the families differ in quality',
  };
}
