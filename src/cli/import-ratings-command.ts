import {
  type ImportRatingsOptions,
  importRatings,
} from '../analyses/agreement/import/import-ratings.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export type ImportRatingsFlags = Omit<ImportRatingsOptions, 'file'>;

const counted = (count: number, one: string) =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

/** `care-judge import ratings`. */
export async function importRatingsCommand(
  options: ImportRatingsOptions,
  { stderr }: Terminal,
): Promise<ExitCode> {
  const { added, changed, unchanged, linked, outside, raters, answers, blank, source } =
    await importRatings(options);
  const say = (text: string) => printLine(stderr, text);
  say(
    `${counted(added + changed + unchanged, 'rating')} of ${counted(answers, 'answer')} by ${counted(raters, 'rater')} (${source}): ${added} new, ${changed} changed, ${unchanged} known already.`,
  );
  if (blank > 0) say(`${counted(blank, 'row')} without a rating left out.`);
  say(`Of answers in this store: ${counted(linked, 'rating')}.`);
  if (outside > 0) {
    say(
      `Of answers that no model of this store gave: ${counted(outside, 'rating')}. They are kept: they count between people, and for any run that gives the same answer later.`,
    );
  }
  if (linked > 0) say(`How far the judge agrees: care-judge agreement --db ${options.db}`);
  return EXIT.ok;
}
