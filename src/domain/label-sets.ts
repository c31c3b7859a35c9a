/** What options are called in a prompt, in order: as many of each as a question may have options. */
export const LABEL_SETS = {
  latin: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'],
  arabic: ['أ', 'ب', 'ج', 'د', 'هـ', 'و', 'ز', 'ح', 'ط', 'ي'],
  stems: ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'],
  katakana: ['ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ'],
  digits: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LabelSetName = keyof typeof LABEL_SETS;
export const LABEL_SET_NAMES = ['latin', 'arabic', 'stems', 'katakana', 'digits'] as const;

/** The first labels of a set, one an option. */
export function labelsOf(set: LabelSetName, options: number): readonly string[] {
  return LABEL_SETS[set].slice(0, options);
}
