import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presentComparison } from '../../src/analyses/comparison/present.ts';
import { compareStored } from '../../src/analyses/comparison/read.ts';
import { withStore } from '../../src/cli/context.ts';
import type { Item } from '../../src/domain/item.ts';
import { renderDocumentPage } from '../../src/render/html/document-page.ts';
import { writeReport } from '../../src/report/report.ts';
import { rated, storeRun } from '../support/stored-run.ts';

const RIGHT_TO_LEFT_OVERRIDE = '\u202e';
const ATTACK = `</script><script>globalThis.hostile = 1</script><img src=x onerror="globalThis.hostile = 2"><a href="javascript:globalThis.hostile = 3">x</a>" onclick='globalThis.hostile = 4' \`\${1}\` ${RIGHT_TO_LEFT_OVERRIDE}gnp.exe --> ]]> {{constructor.constructor('hostile = 5')()}}`;

/** What a reader must see of it: the text as text. */
export const HOSTILE_MARKS = [
  '</script><script>globalThis.hostile = 1</script>',
  'onerror="globalThis.hostile = 2"',
  'href="javascript:globalThis.hostile = 3"',
  '[U+202E]gnp.exe',
] as const;

/** A store whose every text tries to be markup. */
export async function writeHostileStore(db: string): Promise<void> {
  const items = ['zh', 'ar', 'ja', ATTACK].flatMap((language, culture) =>
    Array.from(
      { length: 6 },
      (_, index): Item => ({
        id: `${ATTACK} ${language} ${index}`,
        question: `${ATTACK} question ${culture} ${index}`,
        reference: `reference ${ATTACK}`,
        culture: `${ATTACK} ${culture}`,
        language,
        category: index % 2 === 0 ? `${ATTACK} category` : 'Opinion',
        scope: index % 2 === 0 ? `${ATTACK} scope` : null,
        association: null,
        cluster: null,
      }),
    ),
  );
  await storeRun(
    db,
    {
      name: ATTACK,
      models: [{ name: `${ATTACK} A` }, { name: `${ATTACK} B`, variant: ATTACK }, { name: `C'";` }],
      styles: [`${ATTACK} style`, 'zero-shot'],
      judges: [`${ATTACK} judge`],
      items,
      rubric: `${ATTACK} rubric`,
      provenance: { config: { [ATTACK]: ATTACK, items: [{ file: `/${ATTACK}.jsonl` }] } },
      answer: ({ item, model }) =>
        item.id.endsWith('5')
          ? { status: 'filtered', text: null, filter: { stage: 'prompt', categories: [ATTACK] } }
          : { status: 'completed', text: `${model} ${ATTACK} Rating: [[10]]`, reasoning: null },
    },
    ({ item, model }) => {
      if (item.id.endsWith('4'))
        return { status: 'unparsed', cause: 'no-rating', text: ATTACK, reasoning: null };
      return rated(3 + model * 2, `${ATTACK} Rating: [[${3 + model * 2}]]`);
    },
  );
}

/** A report and a comparison of such a store. Gives the pages' paths. */
export async function writeHostileReport(
  folder: string,
): Promise<{ readonly report: string; readonly comparison: string }> {
  const db = join(folder, 'hostile.sqlite');
  await writeHostileStore(db);
  const out = join(folder, 'hostile');
  const { set, simulated } = await withStore(db, async (archive) => {
    await writeReport(archive, { runs: [], out });
    return compareStored(archive, { selectors: [':@zero-shot'] });
  });
  const comparison = join(out, 'comparison.html');
  writeFileSync(
    comparison,
    renderDocumentPage(presentComparison(set, 'page'), {
      kind: 'Comparison',
      opening: 'Differences',
      simulated,
    }),
  );
  return { report: join(out, 'report.html'), comparison };
}
