import type { RunSummary } from '../../analyses/summary/schema.ts';
import { list, name, type Phrase, phrase } from '../../render/safe-text.ts';
import type { Lead, Standing } from './ranking.ts';

/** Most models named in one breath. */
const NAMED = 3;

/** Who is best, and what is missing: two short sentences for a reader who reads no further. */
export function shortAnswer(
  summary: RunSummary,
  [overall, ...cultures]: readonly Lead[],
): readonly Phrase[] {
  const { rated, planned } = summary;
  const [only, ...others] = overall?.all ?? [];
  if (rated === 0 || overall === undefined || only === undefined)
    return [phrase`Nothing is rated yet.`];
  const best = others.length === 0 ? alone(only) : among(overall, cultures);
  if (rated === planned) return [best, phrase`No rating is missing.`];
  return [best, missing(planned - rated, planned)];
}

function alone({ label, values }: Standing): Phrase {
  return phrase`${name(label)} reaches a mean rating of ${valueRange(values)} out of 10.`;
}

function among(
  { leader, next, tied, missingDecides, all }: Lead,
  cultures: readonly Lead[],
): Phrase {
  if (leader !== null) {
    const own = cultures.filter((lead) => lead.leader?.label === leader.label);
    const where = places(own.length, cultures.length);
    return phrase`${standing(leader)} leads overall${where}${next === null ? '' : phrase`, ahead of ${standing(next)}`}.`;
  }
  if (missingDecides)
    return phrase`No model leads: which of ${shortList(tied)} is ahead depends on the ratings that are missing.`;
  if (tied.length === all.length && tied.length > NAMED)
    return phrase`No model leads: all ${String(tied.length)} are too close to call.`;
  return phrase`No model leads: ${shortList(tied)} are too close to call.`;
}

function places(own: number, all: number): string {
  if (all < 2) return '';
  if (own === all) return all === 2 ? ' and in both cultures' : ' and in every culture';
  return own === 0 ? ', but alone in no culture' : ` and in ${own} of ${all} cultures`;
}

function shortList(entries: readonly Standing[]): Phrase {
  const shown = entries.length > NAMED ? entries.slice(0, NAMED - 1) : entries;
  const left = entries.length - shown.length;
  return list([...shown.map(standing), ...(left > 0 ? [phrase`${String(left)} others`] : [])]);
}

function standing({ label, values }: Standing): Phrase {
  return phrase`${name(label)} (${valueRange(values)})`;
}

/** `9.02`, or `8.77–9.27` over prompting styles and judges. */
export function valueRange(values: readonly number[]): string {
  const least = Math.min(...values).toFixed(2);
  const most = Math.max(...values).toFixed(2);
  return least === most ? least : `${least}–${most}`;
}

function missing(lost: number, planned: number): Phrase {
  const share = (100 * lost) / planned;
  const percent = share < 0.1 ? share.toFixed(2) : share.toFixed(1);
  return phrase`${lost.toLocaleString('en')} ${lost === 1 ? 'rating is' : 'ratings are'} missing (${percent} %).`;
}
