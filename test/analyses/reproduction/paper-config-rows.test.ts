import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { matchRows, rowLabel } from '../../../src/analyses/reproduction/paper-rows.ts';
import { readPaperFigures } from '../../../src/analyses/reproduction/read.ts';
import { loadConfig } from '../../../src/config/load.ts';

const FOLDER = fileURLToPath(new URL('../../../configs/paper/', import.meta.url));

/** What the configs of a result plan, as series. */
function plannedSeries(id: string) {
  const files = readdirSync(FOLDER).filter(
    (name) => /^(\w+)(?:-.*)?\.yaml$/.exec(name)?.[1] === id,
  );
  const found = new Map<
    string,
    { names: { model: string; variant: string | null; style: string; judge: string } }
  >();
  for (const file of files) {
    const text = readFileSync(`${FOLDER}${file}`, 'utf8');
    const { config } = loadConfig({ file, text }, { environment: {}, rehearse: true });
    for (const { name, variant = null, responses } of config.models) {
      for (const style of responses === undefined ? config.prompting : ['recorded']) {
        const names = { model: name, variant, style: basename(style, '.hbs'), judge: 'J' };
        found.set(JSON.stringify(names), { names });
      }
    }
  }
  return [...found.values()];
}

test.each(['table3', 'table4', 'table5', 'table11', 'table12', 'table13'])(
  'the configs of %s have a model for each of its rows, by the paper’s names',
  (id) => {
    const table = readPaperFigures().tables.find((entry) => entry.id === id);
    if (!table) throw new Error(`no ${id}`);
    const match = matchRows(table, plannedSeries(id), []);
    const lacking = table.rows.filter((row) =>
      table.columns.every(({ culture }) => match(row, culture) === null),
    );
    expect(lacking.map((row) => rowLabel(table, row))).toEqual([]);
  },
);
