import type { Command } from '@commander-js/extra-typings';
import type { FetchedFile } from '../../datasets/care.ts';
import type { FetchedDataset } from '../../datasets/care-full.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { DefineCommand, FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge fetch care                           test set and judge prompts of the CARE paper
  care-judge fetch care --from ../CARE            from a local checkout, no network
  care-judge fetch care --mirror https://mirror.example/CARE
  care-judge fetch care-full                      28,000 rated answers, from the Hugging Face hub
  care-judge fetch care-full --revision refs/pr/1

care comes from github.com/Guochry/CARE at a fixed commit, each file checked by its SHA-256;
care-full is geyang627/CARE, verified against the Hub’s checksums; complete files are skipped,
partial downloads resume. HTTPS_PROXY, NO_PROXY, CARE_JUDGE_MIRROR, HF_ENDPOINT
and HF_TOKEN are honoured.`;

const command = (program: Command) =>
  program
    .command('fetch')
    .description('download the CARE test set and judge prompts, or its rated answers')
    .argument('<what>', 'care or care-full')
    .option('--from <dir>', 'copy from a local folder')
    .option('--mirror <url>', 'download from a mirror of the repository or of the Hub')
    .option('--revision <name>', 'care-full: branch, tag or commit of the dataset (default: main)')
    .option(
      '--out <dir>',
      'where to (default: configs/items/care; without a folder configs, items/care)',
    )
    .option('--json', 'print what was done as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type FetchFlags = FlagsOf<typeof command>;

export const defineFetch: DefineCommand = (program, context) => {
  command(program).action(async (what, flags) => {
    context.end(await fetchCommand(what, flags, context.terminal));
  });
};

const STATES: Readonly<Record<FetchedFile['state'], string>> = {
  present: 'there already',
  fetched: 'fetched',
  copied: 'copied',
  written: 'written',
};

/** `care-judge fetch`. */
async function fetchCommand(
  what: string,
  flags: FetchFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { fetchCare } = await import('../../datasets/care.ts');
  const { fetchCareFull } = await import('../../datasets/care-full.ts');
  const { CARE_COMMIT, CARE_DATASET, CARE_REPOSITORY } = await import(
    '../../prepare/care-release.ts'
  );
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
      lines: describeDataset(CARE_DATASET, fetched),
    });
  } else {
    throw new OperatorError(`fetch knows care and care-full, not "${what}".`);
  }
  return EXIT.ok;
}

function describeDataset(dataset: string, { folder, commit, columns }: FetchedDataset): string[] {
  const version = commit === null ? ' (files at hand: sums not checked)' : ` at ${commit}`;
  return [
    `${folder}: ${dataset}${version}; its licence is in README.md.`,
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
