import type { AgreementLevel } from '../../../src/analyses/agreement/schema.ts';
import type { Use } from '../../../src/analyses/judge-card/schema.ts';
import { type CardFigures, usesOf } from '../../../src/analyses/judge-card/uses.ts';
import type { Estimate } from '../../../src/domain/estimate.ts';

/** Value ± half, of n. */
export const about = (value: number, half: number, n = 40): Estimate => ({
  ...{ value, low: value - half, high: value + half, n, missing: 0, method: 'by hand' },
});

/** A card's figures with nothing measured. */
export const NOTHING: CardFigures = {
  judge: {
    ...{ name: 'J', key: 'k', model: 'j', served: ['j-1'], family: null },
    ...{ format: 'text', expectedRating: false },
  },
  runs: ['run-1'],
  cultures: ['Arab', 'Chinese'],
  unmeasured: [],
  coverage: { planned: 100, rated: 100, missing: {} },
  ...{
    agreement: null,
    errors: [],
    people: null,
    singles: null,
    humanScale: null,
    components: [],
    juries: [],
  },
  ...{ expected: [], drift: [], audits: [], bridges: [], otherLanguage: { other: 0, told: 100 } },
};

export const level = (name: AgreementLevel, figures: object) => ({
  level: name,
  units: 1,
  figures,
});
export const agreement = (
  within: Estimate,
  { error = about(1, 0.1), arab = about(0, 0.3), chinese = about(0, 0.4) } = {},
) => ({
  pairs: 80,
  raters: 2,
  levels: [level('pooled', { meanAbsoluteError: error }), level('within', { pearson: within })],
  cultures: [
    { culture: 'Arab', bias: arab },
    { culture: 'Chinese', bias: chinese },
  ],
});
export const use = (wanted: Use, figures: Partial<CardFigures>) => {
  const found = usesOf({ ...NOTHING, ...figures }).find((entry) => entry.use === wanted);
  if (!found) throw new Error(`no use ${wanted}`);
  return found;
};
