/** What the CARE paper's authors released, as it stood at one commit of their repository. */
export const CARE_REPOSITORY = 'Guochry/CARE';
export const CARE_COMMIT = 'd614cfe2407ae3c4da8d4f8a58bd50f16bb0e097';

export interface ReleasedFile {
  /** In the repository. */
  readonly path: string;
  /** In the folder that it is fetched into. */
  readonly name: string;
  readonly sha256: string;
}

/** The licence comes first: what it covers never lies without it. */
export const CARE_FILES: readonly ReleasedFile[] = [
  {
    path: 'LICENSE',
    name: 'LICENSE',
    sha256: 'd458bf0b615cb4b8edb192e289b77798805ec0c104e1841c351aa0b4c0e413ec',
  },
  {
    path: 'data/Chinese-test.json',
    name: 'Chinese-test.json',
    sha256: 'b0553d8771be582d7d64d36f300280f62a07c5f0f279c2af003a2302cf65a535',
  },
  {
    path: 'data/Arabic-test.json',
    name: 'Arabic-test.json',
    sha256: '4c19b656ffa8d4194ce4164290ceedbe7d0fc94a9203d88afffec077778b8dc3',
  },
  {
    path: 'data/Japanese-test.json',
    name: 'Japanese-test.json',
    sha256: 'c0ddc6f6f82d04870c1e9ada1a8784201093ee548b311ae3ad2f9272aefe1512',
  },
  {
    path: 'prompts/entities_opinion.txt',
    name: 'prompts/entities_opinion.txt',
    sha256: 'bccacd8d43d533235e387691e597dfaf44ab07e23ed8c5f6b3dcd2c59a2ae5a6',
  },
  {
    path: 'prompts/norms_commonsense.txt',
    name: 'prompts/norms_commonsense.txt',
    sha256: 'e176853639e2ffa52220ed2b25a7c98d13395ce44fba6d77c5d5e8235104d96d',
  },
  {
    path: 'prompts/literacy.txt',
    name: 'prompts/literacy.txt',
    sha256: '1220e17a6bd5ffe12ebdb7efcecf4f7825155cbd3ce53f173048c6d582f2268b',
  },
];

/** The dataset of rated answers that the paper's models were aligned with. */
export const CARE_DATASET = 'geyang627/CARE';
