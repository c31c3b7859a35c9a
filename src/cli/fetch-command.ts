import { type FetchedFile, fetchCare } from '../datasets/care.ts';
import { type FetchedDataset, fetchCareFull } from '../datasets/care-full.ts';
import { OperatorError } from '../domain/errors.ts';
import { CARE_COMMIT, CARE_DATASET, CARE_REPOSITORY } from '../prepare/care-release.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface FetchFlags {
  readonly from?: string;
  readonly mirror?: string;
  readonly revision?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const STATES: Readonly<Record<FetchedFile['state'], string>> = {
  present: 'there already',
  fetched: 'fetched',
  copied: 'copied',
  written: 'written',
};

/** `care-judge fetch`. */
export async function fetchCommand(
  what: string,
  flags: FetchFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.from !== undefined && flags.mirror !== undefined)
    throw new OperatorError('--from and --mirror exclude each other: files at hand need no host.');
  if (what === 'care' && flags.revision !== undefined)
    throw new OperatorError('--revision goes with care-full; care is always the same commit.');
  const request = {
    ...flags,
    environment: terminal.environment,
    onFile: ({ name, state }: FetchedFile) => {
      printLine(terminal.stderr, `  ${STATES[state].padEnd(14)}${name}`);
    },
  };
  if (what === 'care') {
    const { folder, files } = await fetchCare(request);
    conclude(terminal, flags, {
      result: { version: 1, source: CARE_REPOSITORY, commit: CARE_COMMIT, folder, files },
      lines: [
        `${folder}: 450 questions and 3 judge prompts of ${CARE_REPOSITORY} at ${CARE_COMMIT.slice(0, 7)}, sums right, licence beside them.`,
      ],
    });
  } else if (what === 'care-full') {
    const fetched = await fetchCareFull(request);
    conclude(terminal, flags, {
      result: { version: 1, source: CARE_DATASET, ...fetched },
      lines: describeDataset(fetched),
    });
  } else {
    throw new OperatorError(`fetch knows care and care-full, not "${what}".`);
  }
  return EXIT.ok;
}

function describeDataset({ folder, commit, columns }: FetchedDataset): string[] {
  const version = commit === null ? ' (files at hand: sums not checked)' : ` at ${commit}`;
  return [
    `${folder}: ${CARE_DATASET}${version}; its licence is in README.md.`,
    ...Object.entries(columns).map(
      ([file, { rating, category, reference }]) =>
        `  ${file}: rating in ${rating}, category in ${category}, ${reference === null ? 'human answers as rows of their own' : `reference in ${reference}`}`,
    ),
  ];
}

function conclude(
  { stdout }: Terminal,
  { json }: FetchFlags,
  { result, lines }: { readonly result: object; readonly lines: readonly string[] },
): void {
  if (json) printJson(stdout, result);
  else for (const line of lines) printLine(stdout, line);
}
