import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.ts';

/** The program's own version, from its package.json. Help waits for this, so it loads no library. */
export function programVersion(): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  const version = /^ {2}"version": "([^"]+)"/m.exec(text)?.[1];
  if (version === undefined) throw new Error('package.json names no version');
  return version;
}
