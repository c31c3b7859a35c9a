import { readText } from '../../adapters/files/read-text.ts';
import { InputError, OperatorError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { resolveRun, runSelector } from '../../series/names/resolve-run.ts';
import { judgeKeyOf } from '../../series/scores/scored-series.ts';
import { commonAnswers } from './common-answers.ts';
import { type Bridge, bridgeSchema, buildBridge } from './equating.ts';

export interface BridgeRequest {
  /** RUN, or RUN:%JUDGE where the run has several judges. */
  readonly old: string;
  readonly new: string;
}

/** Estimates how one judge's ratings read on another's scale. Throws OperatorError. */
export function bridgeJudges(archive: RunArchive, request: BridgeRequest): Bridge {
  const older = findJudge(archive, request.old);
  const newer = findJudge(archive, request.new);
  if (older.key === newer.key)
    throw new OperatorError(
      `"${request.old}" and "${request.new}" are one judge with the same settings and rubrics: there is nothing to bridge. What changed under its name is a matter for anchors (\`care-judge anchors\`).`,
    );
  return buildBridge(commonAnswers(archive, older, newer), {
    old: { key: older.key, name: older.name, run: older.run },
    new: { key: newer.key, name: newer.name, run: newer.run },
  });
}

interface JudgeSide {
  readonly run: string;
  readonly judge: number;
  readonly key: string;
  readonly name: string;
}

function findJudge(archive: RunArchive, side: string): JudgeSide {
  const [before, wanted] = side.split(':%', 2);
  const run = resolveRun(archive, runSelector(before));
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
