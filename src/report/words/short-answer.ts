import type { RunSummary } from '../../analyses/summary/schema.ts';
import { list, name, type Phrase, phrase } from '../../render/safe-text.ts';
import type { Lead, Standing } from './ranking.ts';
import type { Words } from './scale-words.ts';

/** Most models named in one breath. */
const NAMED = 3;

/** Who is best, and what is missing: two short sentences for a reader who reads no further. */
export function shortAnswer(
  summary: RunSummary,
  [overall, ...cultures]: readonly Lead[],
  words: Words,
): readonly Phrase[] {
  const [only, ...others] = overall?.all ?? [];
  if (overall === undefined || only === undefined) return [words.nothing];
  const best =
    others.length === 0
      ? phrase`${name(only.label)} ${words.reaches(valueRange(only.values, words))}.`
      : among(overall, cultures, words);
  return [best, words.gaps(summary)];
}

function among(
  { leader, next, tied, missingDecides, all }: Lead,
  cultures: readonly Lead[],
  words: Words,
): Phrase {
  if (leader !== null) {
    const own = cultures.filter((lead) => lead.leader?.label === leader.label);
    const where = places(own.length, cultures.length);
    return phrase`${standing(leader, words)} leads overall${where}${next === null ? '' : phrase`, ahead of ${standing(next, words)}`}.`;
  }
  if (missingDecides)
    return phrase`No model leads: which of ${shortList(tied, words)} is ahead depends on the ratings that are missing.`;
  if (tied.length === all.length && tied.length > NAMED)
    return phrase`No model leads: all ${String(tied.length)} are too close to call.`;
  return phrase`No model leads: ${shortList(tied, words)} are too close to call.`;
}

function places(own: number, all: number): string {
  if (all < 2) return '';
  if (own === all) return all === 2 ? ' and in both cultures' : ' and in every culture';
  return own === 0 ? ', but alone in no culture' : ` and in ${own} of ${all} cultures`;
}

function shortList(entries: readonly Standing[], words: Words): Phrase {
  const shown = entries.length > NAMED ? entries.slice(0, NAMED - 1) : entries;
  const left = entries.length - shown.length;
  return list([
    ...shown.map((entry) => standing(entry, words)),
    ...(left > 0 ? [phrase`${String(left)} others`] : []),
  ]);
}

function standing({ label, values }: Standing, words: Words): Phrase {
  return phrase`${name(label)} (${valueRange(values, words)})`;
}

/** `9.02`, or `8.77–9.27` over prompting styles and judges. */
export function valueRange(values: readonly number[], { figure }: Words): string {
  const least = figure(Math.min(...values));
  const most = figure(Math.max(...values));
  return least === most ? least : `${least}–${most}`;
}
