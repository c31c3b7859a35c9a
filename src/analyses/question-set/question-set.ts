import { fingerprint } from '../../domain/fingerprint.ts';
import { itemKey } from '../../domain/item.ts';
import type { LanguageIdentifier } from '../../ports/language-identifier.ts';
import { planRows } from '../power/design.ts';
import { ASSUMED_SD, assumedDifference } from '../power/pilot-noise.ts';
import { countLayouts, countTables } from './counts.ts';
import { findDuplicates } from './findings/duplicates.ts';
import { findOtherLanguage } from './findings/languages.ts';
import { findLeak } from './findings/leaks.ts';
import { findUnicodeFaults } from './findings/unicode.ts';
import { measureLengths } from './lengths.ts';
import { comparePaperCounts } from './paper-counts.ts';
import type { QuestionSetEvidence } from './read.ts';
import type { Contamination, Detectable, Finding, QuestionSet } from './schema.ts';
import type { SetItem } from './set-item.ts';

interface DescribeOptions {
  readonly contamination: Contamination | null;
  /** Set the counts next to the paper's. */
  readonly paper: boolean;
}

/** Counts, lengths, findings and what the design can detect. */
export async function describeQuestionSet(
  evidence: QuestionSetEvidence,
  { contamination, paper }: DescribeOptions,
  loadIdentifier: () => Promise<LanguageIdentifier>,
): Promise<QuestionSet> {
  const { files, items, available, repeatedRows } = evidence;
  const assumed = { sd: ASSUMED_SD, sdDifference: assumedDifference(ASSUMED_SD) };
  return {
    version: 1,
    files: [...files],
    contentHash: fingerprint(items.map(({ item }) => itemKey(item)).toSorted()),
    questions: items.length,
    available,
    repeatedRows,
    counts: countTables(items),
    layouts: countLayouts(items),
    paper: paper ? comparePaperCounts(items) : null,
    lengths: measureLengths(items),
    findings: await findAll(evidence, loadIdentifier),
    contamination,
    assumed,
    design: detectableRows(items, assumed),
  };
}

async function findAll(
  { items, found, labels }: QuestionSetEvidence,
  loadIdentifier: () => Promise<LanguageIdentifier>,
): Promise<Finding[]> {
  const perItem: Finding[] = [];
  for (const entry of items) {
    perItem.push(...findLeak(entry), ...findUnicodeFaults(entry));
    perItem.push(...(await findOtherLanguage(entry, loadIdentifier)));
  }
  return [
    ...found,
    ...findDuplicates(items),
    ...perItem,
    ...labels.map(
      ({ file, line, message }): Finding => ({
        kind: 'label',
        places: [{ file, line: line ?? null, id: null }],
        share: null,
        detail: message,
      }),
    ),
  ];
}

/** One answer and one judging of each question; SDs within culture and category are assumed. */
function detectableRows(items: readonly SetItem[], assumed: QuestionSet['assumed']): Detectable[] {
  const { rows } = planRows({
    questions: items.map(({ item }, position) => ({
      item: position,
      culture: item.culture,
      category: item.category,
      cluster: item.cluster,
    })),
    noise: { ...assumed, answers: 1, judgings: 1, variances: null },
    answers: 1,
    judgings: 1,
    difference: 1,
  });
  return rows.map(({ by, questions, halfWidth, detectable }) => ({
    culture: by.culture ?? null,
    category: by.category ?? null,
    n: questions,
    halfWidth,
    detectable,
  }));
}
