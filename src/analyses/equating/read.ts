import { readText } from '../../adapters/files/read-text.ts';
import { writeTextFile } from '../../adapters/files/write-atomically.ts';
import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { InputError, OperatorError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { resolveRun } from '../../series/names/resolve-run.ts';
import { judgeKeyOf } from '../../series/scores/scored-series.ts';
import { commonAnswers } from './common-answers.ts';
import { type Bridge, bridgeSchema, buildBridge } from './equating.ts';

export interface BridgeRequest {
  readonly db: string;
  /** RUN, or RUN:%JUDGE where the run has several judges. */
  readonly old: string;
  readonly new: string;
  readonly out?: string | undefined;
}

/** Estimates how one judge's ratings read on another's scale. Throws OperatorError. */
export async function bridgeJudges(request: BridgeRequest): Promise<Bridge> {
  const archive = openRunArchive(request.db);
  try {
    const [older, newer] = [request.old, request.new].map((side) =>
      findJudge(archive, request.db, side),
    );
    if (!older || !newer) throw new Error('a bridge has two sides');
    if (older.key === newer.key)
      throw new OperatorError(
        `"${request.old}" and "${request.new}" are one judge with the same settings and rubrics: there is nothing to bridge. What changed under its name is a matter for anchors (\`care-judge anchors\`).`,
      );
    const bridge = buildBridge(commonAnswers(archive, older, newer), {
      old: { key: older.key, name: older.name, run: older.run },
      new: { key: newer.key, name: newer.name, run: newer.run },
    });
    if (request.out !== undefined)
      await writeTextFile(request.out, `${JSON.stringify(bridge, null, 2)}\n`);
    return bridge;
  } finally {
    archive.close();
  }
}

interface JudgeSide {
  readonly run: string;
  readonly judge: number;
  readonly key: string;
  readonly name: string;
}

function findJudge(archive: RunArchive, db: string, side: string): JudgeSide {
  const [before, wanted] = side.split(':%', 2);
  const run = resolveRun(archive, { db, run: before ?? '' });
  const { definition } = archive.loadRun(run);
  const names = definition.judges.map(({ spec }) => spec.name);
  const judge = wanted === undefined && names.length === 1 ? 0 : names.indexOf(wanted ?? '');
  const name = names[judge];
  if (name === undefined) {
    const near = nearestName(wanted ?? '', names);
    throw new OperatorError(
      `"${side}" names no judge of ${run}${near === null ? '' : `; did you mean ${run}:%${near}?`}. It has: ${names.map((one) => `${run}:%${one}`).join(', ')}`,
    );
  }
  return { run, judge, name, key: judgeKeyOf(definition, { model: 0, judge }) };
}

/** Reads a file that `care-judge equate` wrote. Throws InputError. */
export function readBridge(file: string): Bridge {
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError([{ file, message: `is no JSON: ${error.message}` }], { cause: error });
  }
  const parsed = bridgeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(({ path, message }) => ({ file, path: path.join('.'), message })),
  );
}
