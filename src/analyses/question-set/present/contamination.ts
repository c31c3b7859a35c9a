import { counted } from '../../../domain/counted.ts';
import { type Block, heading, tableBlock, text } from '../../../render/document.ts';
import { textTable } from '../../../render/text-table.ts';
import { excerpt } from '../excerpt.ts';
import { NEAR } from '../findings/duplicates.ts';
import type { Contamination, TrainedOn } from '../schema.ts';

const isContaminated = ({ share }: TrainedOn) => share >= NEAR;

/** `12 questions found in the training data`: one line for the summary. */
export function contaminationLine({ matches }: Contamination): string {
  const ids = (part: readonly TrainedOn[]) =>
    new Set(part.map(({ file, line }) => `${file}:${line}`));
  const drop = ids(matches.filter(isContaminated));
  const review = [...ids(matches)].filter((id) => !drop.has(id));
  return `${counted(drop.size, 'question')} in the training data, ${review.length} more to review`;
}

/** What training data hold of the set, with the matching passages. `most`: those shown one by one. */
export function contaminationBlocks(contamination: Contamination, most: number): Block[] {
  const { files, rows, texts, compared, matches } = contamination;
  const of = (kind: TrainedOn['text']) => matches.filter((match) => match.text === kind);
  return [
    heading('Contamination'),
    text(
      `${counted(rows, 'row')} of ${counted(files.length, 'file')} of training data, ${counted(texts, 'text')} in them.`,
    ),
    tableBlock(
      textTable({
        name: 'contamination',
        title: 'Texts of the set found in one text of the training data',
        labels: 1,
        headings: ['Text', 'n', 'Short', 'Same', '80 %+', '50 %+'],
        groups: [
          {
            name: null,
            rows: compared.map(({ text: kind, n, short }) => [
              kind,
              String(n),
              String(short),
              String(of(kind).filter(({ exact }) => exact).length),
              String(of(kind).filter((match) => !match.exact && isContaminated(match)).length),
              String(of(kind).filter((match) => !isContaminated(match)).length),
            ]),
          },
        ],
      }),
    ),
    text(
      'Short: under 8 characters. Shares of a text’s 8-character sequences that one training text has: from 80 % on drop the question from the test set or the rows from training, from 50 % look at the passage. Short questions count only where they are all of a training text, such references never. Paraphrases and translations that no column holds are not found.',
    ),
    ...listing('To drop', 'contaminated', matches.filter(isContaminated), most),
    ...listing(
      'To review',
      'contamination-to-review',
      matches.filter((match) => !isContaminated(match)),
      most,
    ),
  ];
}

function listing(
  title: string,
  name: string,
  matches: readonly TrainedOn[],
  most: number,
): Block[] {
  if (matches.length === 0) return [];
  const more = matches.length - most;
  return [
    tableBlock(
      textTable({
        name,
        title: `${title}: ${counted(matches.length, 'text')}`,
        labels: 1,
        headings: ['Where', 'Match'],
        prose: true,
        groups: [{ name: null, rows: matches.slice(0, most).map(rowOf) }],
      }),
    ),
    ...(more > 0 ? [text(`And ${more} more; --out and --json have all of them.`)] : []),
  ];
}

function rowOf({
  file,
  line,
  id,
  text: kind,
  share,
  exact,
  contaminated,
  review,
  match,
}: TrainedOn) {
  const times = contaminated + review;
  const others = times > 1 ? ` and in ${counted(times - 1, 'other text')}` : '';
  const found = exact ? 'the same' : `${Math.round(100 * share)} %`;
  return [
    `${file}:${line} (${id}), ${kind}`,
    `${found} at ${match.file}:${match.line} (${match.field})${others}: ${excerpt(match.passage)}`,
  ];
}
