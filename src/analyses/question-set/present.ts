import { counted } from '../../domain/counted.ts';
import {
  type Block,
  type Document,
  heading,
  notes,
  tableBlock,
  text,
} from '../../render/document.ts';
import { contaminationBlocks, contaminationLine } from './present/contamination.ts';
import { presentCounts, presentLayouts, presentPaperCounts } from './present/counts.ts';
import { designTable, lengthTable } from './present/figures.ts';
import { findingBlocks, findingCounts } from './present/findings.ts';
import type { QuestionSet } from './schema.ts';

/** Findings of a kind, and rows of a table, that a terminal shows. */
export const TERMINAL_MOST = 10;

const DESIGN_NOTE =
  'Mean ±: half of a 95 % interval of one model’s mean rating. Detects: paired difference of two models found with 80 % power (two-sided 5 %); – where no test can reach it.';

/** What a question set holds and how good it is. `most`: findings of a kind that are shown one by one. */
export function presentQuestionSet(set: QuestionSet, most: number): Document {
  const { files, questions, available, repeatedRows, contentHash, assumed } = set;
  return {
    title: `${counted(questions, 'question')} in ${counted(files.length, 'file')}`,
    blocks: [
      text(
        ...(available === questions
          ? []
          : [`${counted(available, 'question')} before the config’s selection.`]),
        ...(repeatedRows === 0
          ? []
          : [`${counted(repeatedRows, 'row')} repeating another in every field, counted once.`]),
        `Content hash ${contentHash.slice(0, 16)}.`,
      ),
      ...summary(set),
      heading('Counts'),
      ...presentCounts(set.counts),
      ...presentLayouts(set.layouts),
      ...(set.paper === null ? [] : presentPaperCounts(set.paper)),
      heading('Lengths'),
      tableBlock(lengthTable(set.lengths)),
      heading('Findings'),
      ...findingBlocks(set.findings, most),
      ...(set.contamination === null ? [] : contaminationBlocks(set.contamination, most)),
      heading('What the design can detect'),
      tableBlock(designTable(set.design)),
      text(
        DESIGN_NOTE,
        `Assumes SDs within culture and category of ${assumed.sd.toFixed(1)} for ratings and ${assumed.sdDifference.toFixed(1)} for paired differences, one answer and one judging per question; \`care-judge power\` takes them from a pilot run.`,
      ),
    ],
  };
}

function summary({ findings, contamination }: QuestionSet): Block[] {
  const found = findingCounts(findings);
  const trained = contamination === null ? [] : [contaminationLine(contamination)];
  return found.length === 0
    ? [text('No duplicates, leaks or mislabelled texts found.'), notes(trained)]
    : [text('To review:'), notes([...trained, ...found])];
}
