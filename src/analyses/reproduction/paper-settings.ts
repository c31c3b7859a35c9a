import { canonicalJson } from '../../domain/fingerprint.ts';
import type { Json } from '../../domain/json.ts';
import type { Decoding, ModelSpec } from '../../domain/model-spec.ts';
import type { PaperFigures, PaperTable } from './paper-figures.ts';
import type { SettingCheck } from './schema.ts';

export interface OwnPrompt {
  readonly name: string;
  readonly system: string | null;
  readonly user: string | null;
  /** SHA-256 of the user message with every run of blanks and line ends as one blank. */
  readonly wordsSum: string | null;
}

/** What a run used, as far as the paper says anything about it. */
export interface OwnSettings {
  readonly judge: ModelSpec;
  /** What the judge's endpoint called what it served. */
  readonly judgeServed: readonly string[];
  readonly simulated: string | null;
  /** Models that stand for rows of the table. */
  readonly models: readonly ModelSpec[];
  /** Category → judge template, with its SHA-256 as the paper's authors write placeholders. */
  readonly rubrics: readonly {
    readonly category: string;
    readonly name: string;
    readonly releasedSum: string;
  }[];
  /** Templates; `user` is null for answers made elsewhere. */
  readonly styles: readonly OwnPrompt[];
  /** By culture, in the paper's words. */
  readonly questions: ReadonlyMap<string, { readonly n: number; readonly sha256: string }>;
  readonly trials: { readonly responses: number; readonly judgments: number };
  readonly parserVersion: number;
}

type Printed = PaperFigures['settings'];

/** Every setting that could move a figure: same, differing, or not known. */
export function checkSettings(
  printed: Printed,
  table: Pick<PaperTable, 'columns' | 'questions'>,
  own: OwnSettings,
): SettingCheck[] {
  return [
    ...(own.simulated === null ? [] : [simulation(own.simulated)]),
    judgeModel(printed, own),
    judgeDecoding(own),
    rubricCheck(printed, own),
    questionCheck(printed, table, own),
    decodingCheck(printed, own),
    {
      setting: 'Context length',
      state: 'unknown',
      paper: `max_model_len ${printed.contextLength}`,
      ours: 'set where the server is started; not recorded',
      note: null,
    },
    checkpoints(own),
    ...own.styles.map((style) => promptCheck(printed, style)),
    {
      setting: 'Chat template',
      state: 'unknown',
      paper: 'not said; the repository’s example completes the bare question',
      ours: listed(
        own.models.map(({ api }) => (api === 'chat' ? 'chat template' : 'bare completion')),
      ),
      note: null,
    },
    {
      setting: 'Answers and judgments',
      state: 'unknown',
      paper: 'not said; taken to be one answer, judged once',
      ours: `${own.trials.responses} and ${own.trials.judgments}`,
      note: null,
    },
    {
      setting: 'Reading of ratings',
      state: 'unknown',
      paper: 'not released; averages are over the ratings that could be read',
      ours: `last "Rating: [[n]]" of the judge’s text, parser version ${own.parserVersion}`,
      note: null,
    },
  ];
}

function simulation(why: string): SettingCheck {
  return {
    setting: 'Endpoints',
    state: 'differs',
    paper: 'real models',
    ours: 'simulated',
    note: why,
  };
}

/** Names of GPT-4o as it is deployed and served: `gpt-4o`, `gpt-4o-2024-08-06`; not `gpt-4o-mini`. */
const GPT_4O = /^gpt-4o(?:-\d{4}-\d{2}-\d{2})?$/i;

function judgeModel({ judge }: Printed, own: OwnSettings): SettingCheck {
  const served = listed(own.judgeServed.filter((name) => name !== ''));
  const ours = `${own.judge.name}, asked for as ${own.judge.model}; served as ${served || 'not said'}`;
  const names = own.judgeServed.length > 0 ? own.judgeServed : [own.judge.model ?? own.judge.name];
  const fits = own.simulated === null && names.every((name) => GPT_4O.test(name));
  return {
    setting: 'Judge model',
    state: fits ? 'unknown' : 'differs',
    paper: `${judge.model} on ${judge.host}, version not said`,
    ours,
    note: `${judge.host} has taken the versions of ${judge.model} out of service (${judge.retired} by its schedule), so the paper’s judge cannot be asked there any more. ${fits ? 'Ours has its name; which version the paper used is not known.' : 'Ratings of another judge may lie higher or lower throughout.'}`,
  };
}

function judgeDecoding({ judge }: OwnSettings): SettingCheck {
  return {
    setting: 'Judge decoding',
    state: 'unknown',
    paper: 'not said',
    ours: settingsText(judge.decoding),
    note: null,
  };
}

/** Which released file grades which category, by what the paper's figures say, and by file name. */
const BY_CONTENT: Readonly<Record<string, string>> = {
  'Cultural entities': 'entities_opinion.txt',
  Opinion: 'entities_opinion.txt',
  'Social norms': 'literacy.txt',
  'Cultural commonsense': 'literacy.txt',
  Literacy: 'norms_commonsense.txt',
};
const AS_RELEASED: Readonly<Record<string, string>> = {
  ...BY_CONTENT,
  'Social norms': 'norms_commonsense.txt',
  'Cultural commonsense': 'norms_commonsense.txt',
  Literacy: 'literacy.txt',
};

function rubricCheck({ rubrics }: Printed, own: OwnSettings): SettingCheck {
  const fileOf = (sum: string) =>
    Object.entries(rubrics).find(([, released]) => released === sum)?.[0] ?? null;
  const found = own.rubrics.map(({ category, name, releasedSum }) => ({
    category,
    name,
    file: fileOf(releasedSum),
  }));
  const follows = (mapping: Readonly<Record<string, string>>) =>
    found.every(({ category, file }) => file !== null && file === mapping[category]);
  const paper = 'the three released judge prompts, each checked by its SHA-256';
  const note =
    'The released files literacy.txt and norms_commonsense.txt look swapped against Figures 11 and 12 of the paper; which way they were used is not known.';
  const setting = 'Rubrics';
  if (follows(BY_CONTENT))
    return { setting, state: 'same', paper, ours: 'the same texts, by content', note };
  if (follows(AS_RELEASED))
    return { setting, state: 'same', paper, ours: 'the same texts, by file name', note };
  const others = found.filter(
    ({ category, file }) => file === null || file !== BY_CONTENT[category],
  );
  const ours = others.map(({ category, name, file }) =>
    file === null ? `${category}: ${name}, another text` : `${category}: ${file}`,
  );
  return { setting, state: 'differs', paper, ours: ours.join('; '), note };
}

function questionCheck(
  { questions }: Printed,
  table: Pick<PaperTable, 'columns' | 'questions'>,
  own: OwnSettings,
): SettingCheck {
  const cultures = [...new Set(table.columns.map(({ culture }) => culture))];
  const counts = cultures.map((culture) => ({ culture, found: own.questions.get(culture) }));
  const ours = counts
    .map(({ culture, found }) => {
      if (found === undefined) return `${culture}: none`;
      const same = found.sha256 === questions.sha256[culture];
      return `${culture}: ${found.n}${same ? ', the test set' : ''}`;
    })
    .join('; ');
  const setting = 'Questions';
  if (table.questions !== 'test set') {
    const paper = 'all of CARE, training questions and foreign cultures included';
    return { setting, state: 'differs', paper, ours, note: 'The questions are not the same ones.' };
  }
  const paper = `test set, ${questions.perCulture} a culture, ${questions.perCategory} a category`;
  const same = sameQuestions({ questions }, own.questions);
  const others = counts.filter(({ culture, found }) => found !== undefined && !same.has(culture));
  return {
    setting,
    state: others.length > 0 ? 'differs' : 'same',
    paper,
    ours,
    note:
      others.length > 0 ? 'Not the same questions with the same references as the test set.' : null,
  };
}

/** Cultures whose questions are the test set's to the last character, none missing and none added. */
export function sameQuestions(
  { questions }: Pick<Printed, 'questions'>,
  own: OwnSettings['questions'],
): ReadonlySet<string> {
  return new Set(
    [...own].flatMap(([culture, { sha256 }]) =>
      sha256 === questions.sha256[culture] ? [culture] : [],
    ),
  );
}

function decodingCheck({ decoding }: Printed, own: OwnSettings): SettingCheck {
  const asked = own.models.filter(({ model }) => model !== null);
  const others = asked.filter((spec) => !sameDecoding(spec.decoding, decoding));
  return {
    setting: 'Decoding',
    state: others.length > 0 ? 'differs' : 'same',
    paper: settingsText(decoding),
    ours: listed(asked.map((spec) => settingsText(spec.decoding))),
    note: null,
  };
}

/** `max_completion_tokens` is the newer name of `max_tokens`. */
function sameDecoding(ours: Decoding, paper: Decoding): boolean {
  const { max_completion_tokens: renamed, ...rest } = ours;
  return (
    canonicalJson({ ...(renamed === undefined ? {} : { max_tokens: renamed }), ...rest }) ===
    canonicalJson(paper)
  );
}

/** Figures 7 and 8 are one user message each; how their lines break is not to be seen. */
function promptCheck(
  { prompts }: Printed,
  { name, system, user, wordsSum }: OwnPrompt,
): SettingCheck {
  const setting = `Prompt, ${name}`;
  const ours = [
    ...(system === null ? [] : [`system message ${JSON.stringify(system)}`]),
    user === null ? 'answers made elsewhere' : `user message ${JSON.stringify(user)}`,
  ].join(', ');
  const figure = prompts[name];
  if (figure === undefined) {
    const paper = name === 'zero-shot' ? 'not printed' : 'no such style';
    return { setting, state: 'unknown', paper, ours, note: null };
  }
  const same = system === null && wordsSum === figure.sha256;
  return {
    setting,
    state: same ? 'same' : 'differs',
    paper: `${figure.figure}, one user message`,
    ours,
    note: same
      ? null
      : `configs/paper/prompts/${name}.hbs has the words of ${figure.figure}; see configs/paper/table4.yaml.`,
  };
}

function checkpoints({ models }: OwnSettings): SettingCheck {
  return {
    setting: 'Checkpoints',
    state: 'unknown',
    paper: 'names without revisions',
    ours: listed(models.map(({ model }) => model ?? 'answers made elsewhere')),
    note: null,
  };
}

function settingsText(decoding: Readonly<Record<string, Json>>): string {
  const entries = Object.entries(decoding).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return entries.join(', ') || 'the server’s own';
}

function listed(texts: readonly string[]): string {
  return [...new Set(texts)].join('; ');
}
