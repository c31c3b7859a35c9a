import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';

/** Parts without leading zeros come in the order of their numbers, on every machine. */
const byName = new Intl.Collator('en', { numeric: true });

/** Whether a path is a pattern and not the name of an existing file. */
export function isPattern(path: string): boolean {
  return isDynamicPattern(path) && !existsSync(path);
}

/** The files that a path names: itself, or all that match it as a pattern, in order. */
export function matchFiles(path: string): readonly string[] {
  if (!isPattern(path)) return existsSync(path) ? [path] : [];
  const root = staticRoot(path);
  const pattern = root === '.' ? path : path.slice(root.length).replace(/^[/\\]/, '');
  return globSync(pattern.replaceAll('\\', '/'), { cwd: root, expandDirectories: false })
    .map((name) => join(root, name))
    .sort(byName.compare);
}

/** The folders before the first part with a wildcard. */
function staticRoot(path: string): string {
  let root = dirname(path);
  while (isDynamicPattern(root)) root = dirname(root);
  return root;
}
