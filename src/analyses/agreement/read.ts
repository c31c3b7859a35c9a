import { openHumanRatingArchive } from '../../adapters/sqlite/read/human-rating-archive.ts';
import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { OperatorError } from '../../domain/errors.ts';
import { resolveRun } from '../../series/names/resolve-run.ts';
import { type AgreementOptions, type AgreementSource, describeAgreement } from './agreement.ts';
import { gatherAgreement } from './gather.ts';
import type { AgreementReport } from './schema.ts';

/** Agreement over runs of a store, or over its newest. Throws OperatorError where nothing can be compared. */
export function agreementInStore(
  db: string,
  runs: readonly string[],
  options: AgreementOptions,
): AgreementReport {
  const source = readAgreementSource(db, runs);
  const report = describeAgreement(source, options);
  if (report.agreements.length > 0) return report;
  const judges = source.judges.length;
  throw new OperatorError(
    source.ratings === 0
      ? `${db}: holds no human ratings, and ${judges === 1 ? 'one judge' : `${judges} judges without an answer in common`}: there is nothing to agree with. Bring human ratings in with \`care-judge import ratings FILE --db ${db}\`.`
      : `${db}: none of the ${source.ratings} human ratings is of an answer in ${source.runs.join(', ')} that has a rating, and no answer has two raters. Ratings are found by the answer's text: see \`care-judge import ratings --help\`.`,
  );
}

function readAgreementSource(db: string, runs: readonly string[]): AgreementSource {
  const archive = openRunArchive(db);
  const human = openHumanRatingArchive(db);
  try {
    const wanted = runs.length > 0 ? runs : [''];
    const ids = [...new Set(wanted.map((run) => resolveRun(archive, { db, run })))];
    return gatherAgreement(archive, human, ids);
  } finally {
    human.close();
    archive.close();
  }
}
