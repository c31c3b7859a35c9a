import type { Command } from '@commander-js/extra-typings';
import type { FetchedFile, FetchRequest } from '../../datasets/care.ts';
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
  care-judge fetch include                        exam questions in Arabic, Chinese and Japanese
  care-judge fetch blend --parts CN,DZ,KR

Questions with a right answer, from the Hub, each with a config in configs/sources: blend, include,
mmlu-prox-ja, cmmlu, arabicmmlu, global-mmlu, culturalbench. Their commit is recorded in source.json,
and a later fetch keeps to it; each has its own licence, in LICENSE.txt. Where the Hub asks for a
login, the message names the page with its terms; then set HF_TOKEN.

care comes from github.com/Guochry/CARE at a fixed commit, each file checked by its SHA-256;
care-full is geyang627/CARE, verified against the Hub’s checksums; complete files are skipped,
partial downloads resume. HTTPS_PROXY, NO_PROXY, CARE_JUDGE_MIRROR, HF_ENDPOINT
and HF_TOKEN are honoured.`;

const command = (program: Command) =>
  program
    .command('fetch')
    .description('download the CARE test set, its rated answers, or public sets with right answers')
    .argument('<what>', 'care, care-full, blend, include, cmmlu …')
    .option('--from <dir>', 'copy from a local folder')
    .option('--mirror <url>', 'download from a mirror of the repository or of the Hub')
    .option('--revision <name>', 'branch, tag or commit of a dataset of the Hub')
    .option(
      '--parts <list>',
      'languages or regions of a set, by comma: ar,zh (default: the paper’s)',
    )
    .option(
      '--out <dir>',
      'where to (default: configs/items/NAME; without a folder configs, items/NAME)',
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
  const { TASK_SETS } = await import('../../datasets/task-sets.ts');
  const sets = Object.keys(TASK_SETS);
  if (flags.from !== undefined && flags.mirror !== undefined)
    throw new OperatorError('--from and --mirror exclude each other: local files need no host.');
  if (flags.parts !== undefined && !sets.includes(what))
    throw new OperatorError(`--parts goes with ${sets.join(', ')}.`);
  const request = {
    ...flags,
    environment: terminal.environment,
    onFile: ({ name, state }: FetchedFile) => {
      printLine(terminal.stderr, `  ${STATES[state].padEnd(14)}${name}`);
    },
  };
  if (what === 'care') conclude(terminal, flags, await fetchedCare(request));
  else if (what === 'care-full') conclude(terminal, flags, await fetchedCareFull(request));
  else if (sets.includes(what)) conclude(terminal, flags, await fetchedSet(what, request));
  else throw new OperatorError(`fetch knows care, care-full, ${sets.join(', ')}, not "${what}".`);
  return EXIT.ok;
}

type Request = FetchRequest & Pick<FetchFlags, 'revision' | 'parts'>;

async function fetchedCare(request: Request): Promise<Conclusion> {
  const { fetchCare } = await import('../../datasets/care.ts');
  const { CARE_COMMIT, CARE_REPOSITORY } = await import('../../prepare/care-release.ts');
  if (request.revision !== undefined)
    throw new OperatorError(
      '--revision goes with sets of the Hub; care is always the same commit.',
    );
  const { folder, files } = await fetchCare(request);
  return {
    result: { version: 1, source: CARE_REPOSITORY, commit: CARE_COMMIT, folder, files },
    lines: [
      `${folder}: 450 questions and 3 judge prompts of ${CARE_REPOSITORY} at ${CARE_COMMIT.slice(0, 7)}, sums right, licence beside them.`,
    ],
  };
}

async function fetchedCareFull(request: Request): Promise<Conclusion> {
  const { fetchCareFull } = await import('../../datasets/care-full.ts');
  const { CARE_DATASET } = await import('../../prepare/care-release.ts');
  const fetched = await fetchCareFull(request);
  return {
    result: { version: 1, source: CARE_DATASET, ...fetched },
    lines: describeDataset(CARE_DATASET, fetched),
  };
}

async function fetchedSet(what: string, request: Request): Promise<Conclusion> {
  const { fetchTaskSet } = await import('../../datasets/fetch-task-set.ts');
  const parts = request.parts?.split(',').map((part) => part.trim());
  const { set, ...fetched } = await fetchTaskSet(what, { ...request, parts });
  const { dataset, licence, title } = set;
  const version =
    fetched.commit === null ? ' (local files: sums not checked)' : ` at ${fetched.commit}`;
  return {
    result: { version: 1, source: dataset, licence, ...fetched },
    lines: [
      `${fetched.folder}: ${title}.`,
      `  ${dataset}${version}; licence: ${licence}.`,
      `  A config that runs it: configs/sources/${what}.yaml`,
    ],
  };
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

interface Conclusion {
  readonly result: object;
  readonly lines: readonly string[];
}

function conclude({ stdout }: Terminal, { json }: FetchFlags, { result, lines }: Conclusion): void {
  if (json) printJson(stdout, result);
  else for (const line of lines) printLine(stdout, line);
}
