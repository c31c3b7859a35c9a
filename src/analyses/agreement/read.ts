import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { resolveRuns } from '../../series/names/resolve-run.ts';
import { type AgreementOptions, describeAgreement } from './agreement.ts';
import { gatherAgreement } from './gather.ts';
import type { AgreementReport } from './schema.ts';

/** Agreement over runs of a store, or over its newest. Throws OperatorError where nothing can be compared. */
export function agreementInStore(
  archive: RunArchive,
  runs: readonly string[],
  options: AgreementOptions,
): AgreementReport {
  const source = gatherAgreement(archive, resolveRuns(archive, runs));
  const { file } = archive;
  const report = describeAgreement(source, options);
  if (report.agreements.length > 0) return report;
  const judges = source.judges.length;
  throw new OperatorError(
    source.ratings === 0
      ? `${file}: holds no human ratings, and ${judges === 1 ? 'one judge' : `${judges} judges without an answer in common`}: there is nothing to agree with. Bring human ratings in with \`care-judge import ratings FILE --db ${file}\`.`
      : `${file}: none of the ${source.ratings} human ratings is of an answer in ${source.runs.join(', ')} that has a rating, and no answer has two raters. Ratings are found by the answer's text: see \`care-judge import ratings --help\`.`,
  );
}
