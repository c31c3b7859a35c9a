import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { fileExists, namesIn, readText } from '../adapters/files/read-text.ts';
import { packageFile } from '../adapters/system/package-file.ts';
import { type ChosenRubrics, chosenRubrics } from '../config/rubric-sets.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import { lintTemplate, type TemplateKind } from '../prompts/lint.ts';
import { toReleased } from '../prompts/released-template.ts';
import type { Rubric } from '../prompts/rubric.ts';
import type { PromptStyle } from '../prompts/style.ts';
import { type CompiledTemplate, compileTemplate } from '../prompts/template.ts';
import { CARE_FILES } from './care-release.ts';
import type { ConfigAtHand } from './read-config.ts';

/** The templates that ship with the program. */
const BUNDLED = packageFile('prompts/');

/** The style under which answers made elsewhere are tabulated. */
export const RECORDED_STYLE = 'recorded';

/** Reads the config's prompting styles; problems are added, and a style with problems is left out. */
export function readStyles(config: ConfigAtHand, problems: InputProblem[]): PromptStyle[] {
  const { prompting } = config.loaded.config;
  return prompting.flatMap((entry, index) => {
    const file = templateFile(config, entry, 'respond');
    const name = styleName(entry);
    const at = ['prompting', index];
    const namesake = prompting.slice(0, index).find((other) => styleName(other) === name);
    if (name === RECORDED_STYLE || (namesake !== undefined && namesake !== entry)) {
      const taken = namesake ?? 'answers made elsewhere';
      const message = `its name, ${name}, is that of ${taken} already; give the file another one`;
      problems.push(config.loaded.problemAt(at, message));
      return [];
    }
    const user = readTemplate(file, 'respond', missingAt(config, at, entry, 'respond'), problems);
    const systemFile = file.replace(/\.hbs$/, '.system.hbs');
    const system = fileExists(systemFile)
      ? readTemplate(systemFile, 'respond-system', null, problems)
      : null;
    return user === null ? [] : [{ name, user, system }];
  });
}

/** A style is tabulated by its file's name. */
export function styleName(entry: string): string {
  return basename(entry, '.hbs');
}

/** Reads the judge template of each category; one file that serves several is read once. */
export function readRubrics(config: ConfigAtHand, problems: InputProblem[]): Map<string, Rubric> {
  const chosen = chosenRubrics(config.loaded.config.rubrics);
  if (chosen.origin === 'fetched') {
    if (config.loaded.config.rubricLanguage === 'question')
      problems.push(
        config.loaded.problemAt(
          ['rubricLanguage'],
          `the set ${chosen.set} is in English only; for rubrics in the question’s language map categories to files of your own under \`rubrics\``,
        ),
      );
    return readFetchedRubrics(config, chosen, problems);
  }
  const named = { entries: chosen.rubrics, path: ['rubrics'] };
  const rubrics = readJudgeTemplates(config, named, problems);
  if (config.loaded.config.rubricLanguage === 'as-named') return rubrics;
  return withTranslations(config, { rubrics, entries: chosen.rubrics }, problems);
}

/** Adds to each rubric the files beside its own that carry a language tag: literacy.zh.hbs to literacy.hbs. */
function withTranslations(
  config: ConfigAtHand,
  {
    rubrics,
    entries,
  }: {
    readonly rubrics: ReadonlyMap<string, Rubric>;
    readonly entries: Readonly<Record<string, string>>;
  },
  problems: InputProblem[],
): Map<string, Rubric> {
  const kind = judgeTemplateKind(config);
  const read = new Map<string, ReadonlyMap<string, CompiledTemplate>>();
  const translated = [...rubrics].map(([category, rubric]) => {
    const file = templateFile(config, entries[category] ?? rubric.name, 'judge');
    const translations = read.get(file) ?? readTranslations(file, kind, problems);
    read.set(file, translations);
    return [category, { ...rubric, translations }] as const;
  });
  if (problems.length === 0 && translated.every(([, { translations }]) => translations.size === 0))
    problems.push(
      config.loaded.problemAt(
        ['rubricLanguage'],
        'no rubric has a file in another language beside it: put one there, such as literacy.zh.hbs beside literacy.hbs, or leave `rubricLanguage` out',
      ),
    );
  return new Map(translated);
}

/** Language tag → template, of the files beside one: zh for `literacy.zh.hbs`. */
function readTranslations(
  file: string,
  kind: TemplateKind,
  problems: InputProblem[],
): ReadonlyMap<string, CompiledTemplate> {
  const stem = basename(file, '.hbs');
  const translations = new Map<string, CompiledTemplate>();
  for (const name of namesIn(dirname(file))) {
    const tag =
      name.startsWith(`${stem}.`) && name.endsWith('.hbs')
        ? name.slice(stem.length + 1, -'.hbs'.length)
        : '';
    if (!LANGUAGE_TAG.test(tag)) continue;
    const template = readTemplate(join(dirname(file), name), kind, null, problems);
    if (template !== null) translations.set(tag, template);
  }
  return translations;
}

/** A language with what may follow it, such as zh or pt-BR. */
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** Only where every judge is asked for JSON need no template show the text's form. */
function judgeTemplateKind({ loaded }: ConfigAtHand): TemplateKind {
  const { judges } = loaded.config;
  return judges.length > 0 && judges.every(({ verdict }) => verdict.format === 'json')
    ? 'judge-json'
    : 'judge';
}

/** The same for any part of the config that names judge templates by category. */
export function readJudgeTemplates(
  config: ConfigAtHand,
  {
    entries,
    path,
  }: { readonly entries: Readonly<Record<string, string>>; readonly path: string[] },
  problems: InputProblem[],
): Map<string, Rubric> {
  const kind = judgeTemplateKind(config);
  const read = new Map<string, Rubric | null>();
  const rubrics = new Map<string, Rubric>();
  for (const [category, entry] of Object.entries(entries)) {
    const file = templateFile(config, entry, 'judge');
    if (!read.has(file)) {
      const missing = missingAt(config, [...path, category], entry, 'judge');
      const template = readTemplate(file, kind, missing, problems);
      read.set(file, template && untranslated(basename(entry, '.hbs'), template));
    }
    const rubric = read.get(file);
    if (rubric) rubrics.set(category, rubric);
  }
  return rubrics;
}

const untranslated = (name: string, template: CompiledTemplate): Rubric => ({
  name,
  template,
  translations: new Map(),
});

/** CARE's own judge prompts, which are no part of the program. */
function readFetchedRubrics(
  config: ConfigAtHand,
  { set, rubrics }: ChosenRubrics,
  problems: InputProblem[],
): Map<string, Rubric> {
  const report = (message: string) =>
    problems.push(config.loaded.problemAt(['rubrics'], `${set}: ${message}`));
  const names = [...new Set(Object.values(rubrics))];
  const folder = fetchedPrompts(config, names);
  if (folder === null) {
    report(
      'needs the judge prompts of CARE, and there is no items/care/prompts in the folder of the config or above it: get them with `care-judge fetch care`',
    );
    return new Map();
  }
  const read = new Map<string, Rubric>();
  for (const name of names) {
    const file = join(folder, `${name}.hbs`);
    const template = readTemplate(file, 'judge', null, problems);
    if (template === null) continue;
    if (isAsReleased(name, templateText(file)))
      read.set(name, untranslated(`${name} (${set})`, template));
    else
      report(
        `${file} is not the prompt as it was released: \`care-judge fetch care\` puts it right; a prompt of your own is named under \`rubrics\` by its path`,
      );
  }
  return new Map(
    Object.entries(rubrics).flatMap(([category, name]) => {
      const rubric = read.get(name);
      return rubric ? [[category, rubric]] : [];
    }),
  );
}

/** Where `fetch` puts them: in the config's folder or one above it, whoever calls from where. */
function fetchedPrompts(config: ConfigAtHand, names: readonly string[]): string | null {
  const fetched = join('items', 'care', 'prompts');
  const above = Array.from({ length: LEVELS_ABOVE + 1 }, (_, level) => '../'.repeat(level));
  const folders = above.flatMap((folder) => [
    config.resolve(join(folder, fetched)),
    config.resolve(join(folder, 'configs', fetched)),
  ]);
  const holdsAll = (folder: string) =>
    names.every((name) => fileExists(join(folder, `${name}.hbs`)));
  return folders.find(holdsAll) ?? null;
}

const LEVELS_ABOVE = 4;

function isAsReleased(name: string, template: string): boolean {
  const released = CARE_FILES.find((file) => file.name === `prompts/${name}.txt`);
  return released?.sha256 === createHash('sha256').update(toReleased(template)).digest('hex');
}

type BundledFolder = keyof typeof BUNDLED_NAMES;

export function templateFile(config: ConfigAtHand, entry: string, folder: BundledFolder): string {
  return entry.endsWith('.hbs') ? config.resolve(entry) : join(BUNDLED, folder, `${entry}.hbs`);
}

/** The problem to report when the file is not there, placed in the config. */
export function missingAt(
  { loaded }: ConfigAtHand,
  path: readonly PropertyKey[],
  entry: string,
  folder: BundledFolder,
): InputProblem {
  const bundled = BUNDLED_NAMES[folder];
  return loaded.problemAt(
    path,
    entry.endsWith('.hbs')
      ? `there is no template file ${entry} (paths are relative to the config)`
      : `"${entry}" is no bundled template; bundled are ${bundled.join(', ')}; a file of your own is named by its path, ending in .hbs`,
  );
}

const BUNDLED_NAMES = {
  respond: ['zero-shot', 'chain-of-thought', 'role-play'],
  choice: ['letter', 'letter-ar', 'letter-ja', 'letter-zh', 'lm-eval', 'cloze', 'short-answer'],
  judge: ['entities-opinion', 'norms-commonsense', 'literacy'],
} as const;

/** Git writes CRLF on Windows: the prompt, and so its fingerprint, is that with LF. */
function templateText(file: string): string {
  return readText(file).replace(/\r\n?/g, '\n');
}

export function readTemplate(
  file: string,
  kind: TemplateKind,
  missing: InputProblem | null,
  problems: InputProblem[],
): CompiledTemplate | null {
  if (missing !== null && !fileExists(file)) {
    problems.push(missing);
    return null;
  }
  try {
    const source = { file, text: templateText(file) };
    const found = lintTemplate(kind, source);
    problems.push(...found);
    return found.length > 0 ? null : compileTemplate(source);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}
