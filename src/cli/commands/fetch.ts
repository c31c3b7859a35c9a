import type { DefineCommand } from '../command.ts';
import type { FetchFlags } from '../fetch-command.ts';

const EXAMPLES = `
Examples:
  care-judge fetch care                           test set and judge prompts of the CARE paper
  care-judge fetch care --from ../CARE            from a checkout, without a network
  care-judge fetch care --mirror https://mirror.example/CARE
  care-judge fetch care-full                      28,000 rated answers, from the Hugging Face hub
  care-judge fetch care-full --revision refs/pr/1

care comes from github.com/Guochry/CARE at a fixed commit, each file checked by its SHA-256;
care-full is geyang627/CARE, checked by the sums that the hub tells. What is there and right is
not fetched again, and what broke off goes on. HTTPS_PROXY, NO_PROXY, CARE_JUDGE_MIRROR, HF_ENDPOINT
and HF_TOKEN are honoured.`;

export const defineFetch: DefineCommand = (program, context) => {
  program
    .command('fetch')
    .description('bring the CARE test set and judge prompts, or its rated answers')
    .argument('<what>', 'care or care-full')
    .option('--from <dir>', 'copy from a folder that has the files')
    .option('--mirror <url>', 'fetch from here: a copy of the repository, or of the hub')
    .option('--revision <name>', 'care-full: branch, tag or commit of the dataset (default: main)')
    .option(
      '--out <dir>',
      'where to (default: configs/items/care; without a folder configs, items/care)',
    )
    .option('--json', 'print what was done as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (what: string, flags: FetchFlags) => {
      const { fetchCommand } = await import('../fetch-command.ts');
      context.end(await fetchCommand(what, flags, context.terminal));
    });
};
