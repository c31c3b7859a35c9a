import { readText } from '../../adapters/files/read-text.ts';
import { renderPath } from '../../config/issue-path.ts';
import { type LoadedDocument, loadDocument } from '../../config/load-document.ts';
import { InputError, type InputProblem } from '../../domain/errors.ts';
import { type GatePolicy, gatePolicySchema, policyFor } from '../../domain/gate-policy.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import { type Scale, scaleSchema } from '../../domain/solution.ts';
import type { ScoredRow } from '../../series/scores/scored-series.ts';
import { rowsOfFloor } from './rules/floors.ts';

type LoadedPolicy = LoadedDocument<GatePolicy>;

/** Reads a policy file; without one, the defaults. Throws InputError with every problem at once. */
export function readPolicy(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): LoadedPolicy {
  if (file === undefined) {
    const value = gatePolicySchema.parse({ version: 1 });
    return { file: 'the default policy', value, lineOf: () => 1 };
  }
  return loadDocument(gatePolicySchema, { file, text: readText(file) }, environment);
}

/**
 * Names in the policy that no question of a candidate has: what is misspelt would otherwise be held
 * against nothing, and pass. Throws InputError.
 */
export function checkPolicyNames(
  { file, value, lineOf }: LoadedPolicy,
  candidates: readonly { readonly scale: Scale; readonly rows: readonly ScoredRow[] }[],
): void {
  const problems: InputProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string) => {
    problems.push({ file, line: lineOf(path), path: renderPath(path), message });
  };
  for (const scale of scaleSchema.options) {
    const at = scale === 'rating' ? [] : ['accuracy'];
    const rows = candidates.flatMap((one) => (one.scale === scale ? one.rows : []));
    checkSlices(policyFor(scale, value), rows, (path, message) =>
      report([...at, ...path], message),
    );
  }
  if (problems.length > 0) throw new InputError(problems);
}

function checkSlices(
  { margins, floors }: Pick<GatePolicy, 'margins' | 'floors'>,
  rows: readonly ScoredRow[],
  report: (path: readonly PropertyKey[], message: string) => void,
): void {
  const cultures = [...new Set(rows.map(({ culture }) => culture))];
  for (const culture of Object.keys(margins.cultures)) {
    if (!cultures.includes(culture))
      report(['margins', 'cultures', culture], unknownName('culture', culture, cultures));
  }
  for (const [index, floor] of floors.entries()) {
    const unknown = (['culture', 'category', 'scope'] as const).filter((part) => {
      const name = floor[part];
      if (name === undefined || rows.some((row) => row[part] === name)) return false;
      const known = [...new Set(rows.flatMap((row) => row[part] ?? []))];
      report(['floors', index, part], unknownName(part, name, known));
      return true;
    });
    if (unknown.length === 0 && rowsOfFloor(rows, floor).length === 0)
      report(['floors', index], 'no question of the candidate is in this slice');
  }
}

function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  const hint = near === null ? '' : ` Did you mean "${near}"?`;
  return `no question of the candidate has the ${what} "${name}".${hint} It has: ${known.join(', ') || 'none'}.`;
}
