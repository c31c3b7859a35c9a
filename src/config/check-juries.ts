import { LEAST_SEATS, seatsFor } from '../domain/jury.ts';
import { modelLabel } from '../domain/model-label.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { IssuePath } from './issue-path.ts';
import type { LoadedConfig } from './load.ts';
import type { JuryConfig, RunConfig } from './schema.ts';

interface Check extends Pick<LoadedConfig, 'config' | 'flawed'> {
  readonly report: (path: IssuePath, message: string) => void;
}

const WORDS = { mean: 'mean', median: 'median', trimmed: 'trimmed mean' } as const;

/** Juries name judges of the config, have a name of their own, and seats enough for every model. */
export function checkJuries(check: Check): void {
  const { config, flawed, report } = check;
  for (const [index, jury] of config.juries.entries()) {
    const path = ['juries', index];
    const names = [...config.judges, ...config.juries.slice(0, index)].map(({ name }) => name);
    if (names.includes(jury.name)) {
      report(
        [...path, 'name'],
        `"${jury.name}" is the name of a judge or jury above; take another`,
      );
    }
    // What the jury refers to may be in what could not be read.
    if (flawed.has('judges')) continue;
    const known = checkSeats(check, jury, path);
    if (known && !flawed.has('models')) checkFamilies(check, jury, path);
  }
}

function checkSeats({ config, report }: Check, jury: JuryConfig, path: IssuePath): boolean {
  const names = config.judges.map(({ name }) => name);
  let sound = true;
  for (const [seat, name] of jury.judges.entries()) {
    const at = [...path, 'judges', seat];
    if (jury.judges.indexOf(name) < seat) report(at, `"${name}" is listed twice`);
    if (names.includes(name)) continue;
    const guess = nearestName(name, names);
    const hint = guess === null ? `judges are: ${names.join(', ')}` : `did you mean "${guess}"?`;
    report(at, `"${name}" is no judge of this config; ${hint}`);
    sound = false;
  }
  const least = LEAST_SEATS[jury.aggregate];
  if (jury.judges.length < least) {
    report([...path, 'judges'], `a ${WORDS[jury.aggregate]} needs at least ${least} judges`);
    sound = false;
  }
  return sound;
}

function checkFamilies({ config, report }: Check, jury: JuryConfig, path: IssuePath): void {
  if (jury.exclude !== 'own-family') return;
  const sitting = config.judges.filter(({ name }) => jury.judges.includes(name));
  const unstated = [
    ...config.models.filter(({ family }) => family === undefined).map(labelOf),
    ...sitting.filter(({ family }) => family === undefined).map(({ name }) => name),
  ];
  if (unstated.length > 0) {
    report(
      [...path, 'exclude'],
      `own-family needs \`family\` on every model and on the jury's judges (nothing is guessed from names); missing on ${unstated.join(', ')}`,
    );
    return;
  }
  const torn = config.models.find((model) =>
    config.models.some(
      (other) => labelOf(other) === labelOf(model) && other.family !== model.family,
    ),
  );
  if (torn)
    report([...path, 'exclude'], `${labelOf(torn)} is one row of two families; give it one`);
  for (const model of config.models) {
    const seats = seatsLeft(config, jury, model.family ?? null);
    if (seats >= LEAST_SEATS[jury.aggregate]) continue;
    report(
      [...path, 'judges'],
      `leaves ${seats} of ${jury.judges.length} judges for ${labelOf(model)} (family ${model.family}); a ${WORDS[jury.aggregate]} needs at least ${LEAST_SEATS[jury.aggregate]}`,
    );
  }
}

function seatsLeft({ judges }: RunConfig, jury: JuryConfig, family: string | null): number {
  const all = judges.map((judge) => ({ family: judge.family ?? null }));
  const seats = jury.judges.map((name) => judges.findIndex((judge) => judge.name === name));
  return seatsFor({ judges: seats, excludeOwnFamily: true }, { family }, all).length;
}

function labelOf({ name, variant }: RunConfig['models'][number]): string {
  return modelLabel({ name, variant: variant ?? null });
}
