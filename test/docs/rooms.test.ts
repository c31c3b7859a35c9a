import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const rules = z
  .object({
    rooms: z.record(z.string(), z.array(z.string())),
    analyses: z.record(z.string(), z.array(z.string())),
  })
  .parse(await import(pathToFileURL('.dependency-cruiser.mjs').href));

const README = readFileSync('src/README.md', 'utf8');

/** The first and last cells of the rows of the table under a heading, names in backquotes. */
function tableUnder(heading: string): (readonly [string, readonly string[]])[] {
  const lines = README.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) => {
    const cells = line.split('|').slice(1, -1);
    const names = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    return [names(cells[0] ?? '')[0] ?? '', names(cells.at(-1) ?? '')];
  });
}

const sorted = (entries: readonly (readonly [string, readonly string[]])[]) =>
  Object.fromEntries(
    entries.map(([name, seen]) => [
      name,
      [...new Set(seen)].filter((room) => room !== name).sort(),
    ]),
  );

test('src/README.md lists for each room the rooms that the import rules let it see', () => {
  expect(sorted(tableUnder('room'))).toEqual(sorted(Object.entries(rules.rooms)));
});

test('src/README.md lists for each analysis what it may see beyond the rooms of all', () => {
  const own = (seen: readonly string[]) => seen.map((room) => room.replace('analyses/', ''));
  expect(sorted(tableUnder('analysis'))).toEqual(
    sorted(Object.entries(rules.analyses).map(([name, seen]) => [name, own(seen)] as const)),
  );
});

test('every folder of src has its rule', () => {
  const folders = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  // Above all rooms is the command line; analyses have a list of their own.
  const ruled = [...Object.keys(rules.rooms), 'analyses', 'cli'].sort();
  expect(folders('src')).toEqual(ruled);
  expect(folders('src/analyses')).toEqual(Object.keys(rules.analyses).sort());
});
