import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../../src/adapters/files/read/read-rows.ts';
import { mapRow } from '../../../src/items/map-rows.ts';
import { scanItems, streamItems } from '../../../src/items/select.ts';
import { collect } from './text-chunks.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/care');
const present = existsSync(join(folder, 'Arabic-test.json'));
if (!present) {
  process.stderr.write(`CARE's test set is not at ${folder}: its tests are left out\n`);
}

const languages = { Arabic: 'ar', Chinese: 'zh', Japanese: 'ja' } as const;
const names = ['question', 'answer', 'culture_type', 'geographic_scope', 'associated_culture'];

function careSource(culture: keyof typeof languages) {
  return {
    file: join(folder, `${culture}-test.json`),
    fields: {
      reference: 'answer',
      category: 'culture_type',
      scope: 'geographic_scope',
      association: 'associated_culture',
    },
    set: { culture, language: languages[culture] },
  };
}

async function loadCare(culture: keyof typeof languages) {
  const source = careSource(culture);
  const rows = await collect(readRows(source.file));
  const expected: Record<string, string>[] = JSON.parse(readFileSync(source.file, 'utf8'));
  const items = rows.map((row) => mapRow(source, row));
  return { items, expected };
}

describe.runIf(present)("CARE's test set", () => {
  it.each(['Arabic', 'Chinese', 'Japanese'] as const)(
    'loads the 150 %s items with every character kept',
    async (culture) => {
      const { items, expected } = await loadCare(culture);

      expect(
        items.map((mapped) => (mapped.kind === 'item' ? textsOf(mapped.item) : mapped)),
      ).toEqual(expected.map((record) => names.map((name) => record[name])));
      expect(items).toHaveLength(150);
    },
  );

  it('has 34 Arabic items with outer spaces', async () => {
    const { items } = await loadCare('Arabic');
    const spaced = items.filter(
      (mapped) =>
        mapped.kind === 'item' && textsOf(mapped.item).some((text) => text !== text?.trim()),
    );
    expect(spaced).toHaveLength(34);
  });

  it('holds 450 distinct items, of which five a cell make 75', async () => {
    const sources = [careSource('Arabic'), careSource('Chinese'), careSource('Japanese')];
    const scan = await scanItems(sources, { perCell: 5, seed: 7 }, readRows);
    expect(scan).toMatchObject({ problems: [], warnings: [], total: 450, selectedCount: 75 });
    expect([...scan.categories.values()]).toEqual([15, 15, 15, 15, 15]);
    const items = await collect(streamItems(scan, sources, readRows));
    expect(new Set(items.map(({ id }) => id)).size).toBe(75);
  });
});

function textsOf(item: Extract<ReturnType<typeof mapRow>, { kind: 'item' }>['item']) {
  return [item.question, item.reference, item.category, item.scope, item.association];
}
