import { counted } from '../../domain/counted.ts';
import type { Json } from '../../domain/json.ts';
import { at } from '../../domain/json-path.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { ModelSpec } from '../../domain/model-spec.ts';
import type { RunDefinition, TemplateSource } from '../../domain/run-definition.ts';
import type { StoredRun } from '../../ports/run-archive.ts';
import { type Content, type Html, html } from '../../render/html/html.ts';
import { name } from '../../render/html/passage.ts';
import { plainTable } from '../../render/html/plain-table.ts';
import { repeatCommand } from '../../render/repeat-command.ts';
import type { PageSource } from '../page/page-source.ts';
import { sessions } from './sessions.ts';

/** Everything needed to repeat the runs. */
export function provenance({ runs, omitSessions }: PageSource): Html {
  return html`${runs.map((run, index) => ofRun(run, { index, omitSessions, alone: runs.length === 1 }))}`;
}

interface Place {
  readonly index: number;
  readonly alone: boolean;
  readonly omitSessions: boolean;
}

function ofRun(run: StoredRun, { index, alone, omitSessions }: Place): Html {
  const { definition } = run;
  const id = (part: string) => `run-${index + 1}-${part}`;
  return html`${!alone && html`<h3>Run ${name(definition.id)}</h3>`}
${alone ? html`<h3>Repeat it</h3>` : html`<h4>Repeat it</h4>`}
<p>Save as a script beside the original config, so that its relative paths hold, and run it. When it prints <code>${name(definition.id)}</code>, then questions, prompts, rubrics and settings are the same to the last character: the end of the id is their fingerprint.</p>
<div class="command"><pre tabindex="0" id="${id('command')}">${repeatCommand(definition)}</pre><button type="button" class="copy" data-copy="${id('command')}" hidden>Copy</button></div>
${fingerprints(run, id('fingerprints'))}
${plainTable({
  id: id('models'),
  caption: 'Models',
  headings: ['Model', 'Asked for as', 'Interface', 'Decoding', 'Notes'],
  rows: definition.models.map(({ spec, baseline, best, size, dataShare }) => [
    ...specCells(spec),
    [
      baseline !== null && html`baseline ${name(baseline)} `,
      best !== null && `best of ${counted(best, 'answer')} `,
      size !== null && `${size} billion parameters `,
      dataShare !== null && `data share ${dataShare}`,
    ],
  ]),
})}
${plainTable({
  id: id('judges'),
  caption: 'Judges',
  headings: ['Judge', 'Asked for as', 'Interface', 'Decoding'],
  rows: definition.judges.map(({ spec }) => specCells(spec)),
})}
${plainTable({
  id: id('served'),
  caption: 'What the endpoints said they served',
  headings: ['Model or judge', 'Role', 'Served as', 'System fingerprint', 'Calls'],
  rows: run.served.map(({ label, role, servedModel, systemFingerprint, calls }) => [
    name(label),
    role,
    servedModel === null ? 'not said' : name(servedModel),
    systemFingerprint === null ? 'not said' : name(systemFingerprint),
    calls.toLocaleString('en'),
  ]),
})}
${sessions(run, { id: id('sessions'), omit: omitSessions })}
${prompts(run)}
<details class="source"><summary>Config as given</summary>
<pre tabindex="0">${JSON.stringify(at(definition.provenance, 'config') ?? null, null, 2)}</pre></details>
`;
}

function specCells(spec: ModelSpec): Content[] {
  return [
    name(modelLabel(spec)),
    spec.model === null ? 'answers made elsewhere' : html`<code>${name(spec.model)}</code>`,
    spec.model === null ? '' : spec.api,
    Object.keys(spec.decoding).length === 0
      ? 'the server’s own'
      : html`<code>${name(JSON.stringify(spec.decoding))}</code>`,
  ];
}

function fingerprints({ definition }: StoredRun, id: string): Html {
  const items = at(definition.provenance, 'items');
  const text = (value: Json | undefined) =>
    typeof value === 'string' ? html`<code>${value}</code>` : '';
  const number = (value: Json | undefined) =>
    typeof value === 'number' ? value.toLocaleString('en') : '';
  return plainTable({
    id,
    caption: 'What the run is made of',
    headings: ['Part', 'What', 'SHA-256'],
    rows: [
      [
        'Questions',
        `${number(at(items, 'selected'))} selected of ${number(at(items, 'inSources'))}`,
        text(at(items, 'fingerprint')),
      ],
      ...definition.styles.flatMap((style) => [
        ...(style.user === null
          ? []
          : [['Prompt', name(style.name), text(style.user.fingerprint)]]),
        ...(style.system === null
          ? []
          : [['System prompt', name(style.name), text(style.system.fingerprint)]]),
      ]),
      ...rubricTexts(definition).map(({ category, rubric }) => [
        'Rubric',
        html`${name(category)} (${name(rubric.name)})`,
        text(rubric.fingerprint),
      ]),
      ['Plan', 'All of the above with models, judges and trials', text(definition.planKey)],
    ],
  });
}

/** Each category's rubric, and the same in other languages after it. */
function rubricTexts({ rubrics }: RunDefinition): { category: string; rubric: TemplateSource }[] {
  return Object.entries(rubrics).flatMap(([category, rubric]) =>
    [rubric, ...Object.values(rubric.translations)].map((text) => ({ category, rubric: text })),
  );
}

/** Texts of prompts and rubrics; one that several categories share is shown once. */
function prompts({ definition }: StoredRun): Html {
  const rubrics = new Map<string, { categories: string[]; rubric: string; source: string }>();
  for (const { category, rubric } of rubricTexts(definition)) {
    const { name: title, fingerprint, source } = rubric;
    const entry = rubrics.get(fingerprint) ?? { categories: [], rubric: title, source };
    entry.categories.push(category);
    rubrics.set(fingerprint, entry);
  }
  return html`${definition.styles.flatMap(({ name: style, user, system }) => [
    ...(user === null ? [] : [template(html`Prompt: ${name(style)}`, user.source)]),
    ...(system === null ? [] : [template(html`System prompt: ${name(style)}`, system.source)]),
  ])}${[...rubrics.values()].map(({ categories, rubric, source }) =>
    template(html`Rubric ${name(rubric)}: ${name(categories.join(', '))}`, source),
  )}`;
}

function template(title: Html, source: string): Html {
  return html`<details class="source"><summary>${title}</summary>
<pre tabindex="0">${source}</pre></details>
`;
}
