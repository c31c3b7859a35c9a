import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * A file or folder that comes with the program, by its path from the folder of package.json. Bundled
 * code lies elsewhere than its source, so no path from the module itself would hold in both.
 */
export function packageFile(path: string): string {
  const found = findPackageJSON(import.meta.url);
  if (found === undefined) throw new Error('care-judge lies outside its package');
  return join(dirname(found), path);
}
