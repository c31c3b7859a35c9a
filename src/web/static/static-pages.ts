import { gzipSync } from 'node:zlib';
import type { RunArchive } from '../../ports/run-archive.ts';
import { encodeTable } from '../answers/encoded-table.ts';
import { runFacts } from '../answers/pages.ts';
import { NO_QUERY } from '../answers/query.ts';
import {
  BEGINNINGS_IN_FILE,
  FACTS_IN_FILE,
  type StaticBeginnings,
  type StaticFacts,
  type StaticIndex,
  type StaticRun,
  staticFile,
} from '../answers/static-files.ts';
import type { Viewer } from '../answers/viewer.ts';
import { answerDescriber } from '../server/answer-facts.ts';
import { openRunDesk } from '../server/run-desk.ts';
import { pageStyle, shell } from '../server/shell.ts';

/** A file of a folder of pages, by its path in it. */
export interface StaticFile {
  readonly path: string;
  readonly text: string;
}

/** What such a page may load; browsers disagree on whether 'self' means anything for a file. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' file:",
  "style-src 'self' file:",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Characters of a text that a list shows. */
const BEGINNING = 200;

/**
 * The viewer's pages of some runs as files that need no server: data comes as scripts, as a page from
 * a disk may fetch nothing. All texts of these runs are in them.
 */
export async function* staticPages(
  archive: RunArchive,
  { runs, script }: { readonly runs: readonly string[]; readonly script: string },
): AsyncGenerator<StaticFile> {
  const names = archive.listRuns().filter(({ id }) => runs.includes(id));
  const index: StaticIndex = { runs: names.map(({ id, name }) => ({ id, name })) };
  const first = ['view.js', pathOf(staticFile.index)];
  yield {
    path: 'index.html',
    text: shell({ scripts: first, style: 'view.css', policy: POLICY, files: true }),
  };
  yield { path: 'view.js', text: script };
  yield { path: 'view.css', text: pageStyle };
  yield dataFile(staticFile.index, index);
  for (const [place, { id }] of names.entries()) yield* runFiles(archive, id, place);
}

async function* runFiles(
  archive: RunArchive,
  run: string,
  place: number,
): AsyncGenerator<StaticFile> {
  const desk = openRunDesk(archive, run);
  const { viewer } = await desk.open();
  const { table } = viewer;
  const { id, name } = desk.definition;
  const facts = { id, name, simulated: desk.simulated, ratable: false, live: false };
  const shown: StaticRun = {
    facts: runFacts(table, facts),
    table: encodeTable(table, (bytes) => Buffer.from(bytes).toString('base64')),
  };
  yield dataFile(staticFile.run(place), shown);
  for (let from = 0; from < table.answers; from += BEGINNINGS_IN_FILE) {
    const ids = [...table.id.subarray(from, from + BEGINNINGS_IN_FILE)];
    const beginnings: StaticBeginnings = archive.answers.beginnings(ids, BEGINNING);
    yield dataFile(staticFile.beginnings(place, from), beginnings);
  }
  const describe = answerDescriber(desk.definition);
  for (let from = 0; from < table.answers; from += FACTS_IN_FILE)
    yield dataFile(
      staticFile.facts(place, from),
      factsFrom(archive, { viewer, run, describe }, from),
    );
}

function factsFrom(
  { answers: reader }: RunArchive,
  {
    viewer,
    run,
    describe,
  }: {
    readonly viewer: Viewer;
    readonly run: string;
    readonly describe: ReturnType<typeof answerDescriber>;
  },
  from: number,
): StaticFacts {
  return [...viewer.table.id.subarray(from, from + FACTS_IN_FILE)].map((id, offset) => {
    const stored = reader.answer(run, id);
    if (stored === null) throw new Error(`run ${run} has lost its answer ${id}`);
    const { text } = stored.response;
    const people = text === null ? [] : reader.ratingsOf(stored.item.question, text);
    return describe(stored, viewer.entry(NO_QUERY, from + offset), people);
  });
}

const pathOf = (name: string) => `data/${name}.js`;

/** A call of the page's own function; what it is given holds no character that could end anything. */
function dataFile(name: string, value: unknown): StaticFile {
  const packed = gzipSync(JSON.stringify(value), { level: 9 }).toString('base64');
  return { path: pathOf(name), text: `careJudge.take('${name}', '${packed}');\n` };
}
