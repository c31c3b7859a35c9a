/** Category → name of a judge template. */
type RubricNames = Readonly<Record<string, string>>;

interface RubricSet {
  /** `bundled` templates ship with the program; `fetched` ones are CARE's own, from `care-judge fetch care`. */
  readonly origin: 'bundled' | 'fetched';
  readonly rubrics: RubricNames;
}

/**
 * Rubrics that a config can name as a whole. The released literacy.txt holds the rubric that the paper
 * prints for norms and commonsense (its Figure 11), and norms_commonsense.txt the one for literacy
 * (Figure 12): one set goes by the contents, the other by the file names.
 */
const RUBRIC_SETS = {
  bundled: {
    origin: 'bundled',
    rubrics: {
      'Cultural entities': 'entities-opinion',
      Opinion: 'entities-opinion',
      'Social norms': 'norms-commonsense',
      'Cultural commonsense': 'norms-commonsense',
      Literacy: 'literacy',
    },
  },
  'care-by-content': {
    origin: 'fetched',
    rubrics: {
      'Cultural entities': 'entities_opinion',
      Opinion: 'entities_opinion',
      'Social norms': 'literacy',
      'Cultural commonsense': 'literacy',
      Literacy: 'norms_commonsense',
    },
  },
  'care-as-released': {
    origin: 'fetched',
    rubrics: {
      'Cultural entities': 'entities_opinion',
      Opinion: 'entities_opinion',
      'Social norms': 'norms_commonsense',
      'Cultural commonsense': 'norms_commonsense',
      Literacy: 'literacy',
    },
  },
} as const satisfies Record<string, RubricSet>;

export const RUBRIC_SET_NAMES = ['bundled', 'care-by-content', 'care-as-released'] as const;
type RubricSetName = (typeof RUBRIC_SET_NAMES)[number];

/** The judge templates of a config, and the set that they are from. */
export interface ChosenRubrics {
  /** null where the config maps categories itself. */
  readonly set: RubricSetName | null;
  readonly origin: RubricSet['origin'] | 'config';
  readonly rubrics: RubricNames;
}

export function chosenRubrics(written: RubricSetName | RubricNames): ChosenRubrics {
  if (typeof written !== 'string') return { set: null, origin: 'config', rubrics: written };
  return { set: written, ...RUBRIC_SETS[written] };
}

/** What there is to know about a set before its ratings are read; null where there is nothing. */
export function rubricCaveat(set: RubricSetName | null): string | null {
  switch (set) {
    case 'care-by-content':
      return 'the released files literacy.txt and norms_commonsense.txt look swapped; this set goes by their contents, as Figures 11 and 12 of the paper print them. `care-as-released` goes by their names';
    case 'care-as-released':
      return 'the released files literacy.txt and norms_commonsense.txt look swapped, and this set takes them by their names: literacy is rated by the rubric that the paper prints for norms and commonsense (Figure 11), and the other way round. `care-by-content` goes by their contents';
    default:
      return null;
  }
}
