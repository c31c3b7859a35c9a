import type { RunSummary } from '../../analyses/summary/schema.ts';
import { counted } from '../../domain/counted.ts';
import { list, name, type Phrase, phrase } from '../../render/safe-text.ts';
import { amongBaselines } from './baseline-clause.ts';
import { type Lead, leadOf, mean, type Standing, seriesLabel } from './ranking.ts';
import { shortAnswer, valueRange } from './short-answer.ts';

/** What a run answers, in the words of its own figures. */
export interface RunVerdict {
  readonly question: Phrase;
  /** At most two short sentences. */
  readonly answer: readonly Phrase[];
  /** The same at length: who leads where, what is tied and what is missing. */
  readonly sentences: readonly [Phrase, Phrase];
}

/**
 * The question and its answer in two sentences: who leads where; what is tied and what is missing.
 * A model leads where it is told apart from every other model (see `leadOf`).
 */
export function runVerdict(summary: RunSummary): RunVerdict {
  const labels = [...new Set(summary.estimates.map(seriesLabel))];
  const leads = [
    leadOf(summary, null),
    ...summary.cultures.flatMap((culture) =>
      summary.cultures.length > 1 ? [leadOf(summary, culture)] : [],
    ),
  ];
  return {
    question: question(summary, labels),
    answer: shortAnswer(summary, leads),
    sentences: [
      summary.rated === 0
        ? phrase`Nothing is rated yet.`
        : phrase`${labels.length > 1 ? leading(leads) : alone(summary)}${amongBaselines(summary)}.`,
      phrase`${labels.length > 1 && summary.rated > 0 ? tied(leads) : ''}${missing(summary)}.`,
    ],
  };
}

function question({ questions, cultures }: RunSummary, labels: readonly string[]): Phrase {
  const [only] = labels;
  const who = labels.length === 1 && only !== undefined ? phrase`does ${name(only)}` : null;
  return phrase`How well ${who ?? `do ${labels.length} models`} answer ${counted(questions, 'question')} on ${list(cultures.map(name))} culture?`;
}

function leading([overall, ...cultures]: readonly Lead[]): Phrase {
  if (!overall) return [];
  const wins = winsOf(cultures);
  const { leader } = overall;
  if (leader === null) {
    const level = list(overall.tied.map(standing));
    const why = overall.missingDecides
      ? 'change order with what is missing: on the questions that both have, the lower mean is ahead'
      : 'are too close to call';
    return phrase`No model leads overall: ${level} ${why}${elsewhere(wins, '; ')}`;
  }
  const own = wins.get(leader.label) ?? [];
  wins.delete(leader.label);
  const alike = own.length === cultures.length && own.length > 1 ? ' alike' : '';
  const where = own.length > 0 ? phrase` and on ${list(own.map(name))}${alike}` : '';
  const next = overall.next ? phrase`, ahead of ${standing(overall.next)}` : '';
  return phrase`${standing(leader)} leads overall${where}${overall.scope === '' ? '' : `,${overall.scope}`}${next}${elsewhere(wins, ', ')}`;
}

/** Leader → cultures it leads on. */
function winsOf(cultures: readonly Lead[]): Map<string, string[]> {
  const wins = new Map<string, string[]>();
  for (const { leader, place } of cultures) {
    if (leader === null || place === null) continue;
    wins.set(leader.label, [...(wins.get(leader.label) ?? []), place]);
  }
  return wins;
}

function elsewhere(wins: ReadonlyMap<string, readonly string[]>, before: string): Phrase {
  if (wins.size === 0) return [];
  const clauses = [...wins].map(
    ([label, won]) => phrase`${name(label)} leads on ${list(won.map(name))}`,
  );
  return phrase`${before}${list(clauses)}`;
}

function tied(leads: readonly Lead[]): Phrase {
  const open = leads.filter(
    ({ leader, tied: level, place }) => leader === null && level.length > 0 && place !== null,
  );
  if (open.length === 0) {
    return leads.some(({ leader }) => leader === null) ? [] : phrase`No lead is shared, and `;
  }
  const byGroup = new Map<string, { readonly labels: string[]; readonly places: string[] }>();
  for (const { tied: level, place } of open) {
    const labels = level.map(({ label }) => label);
    const key = JSON.stringify(labels);
    const group = byGroup.get(key) ?? { labels, places: [] };
    if (place !== null) group.places.push(place);
    byGroup.set(key, group);
  }
  const groups = [...byGroup.values()].map(
    ({ labels, places }) => phrase`${list(labels.map(name))} on ${list(places.map(name))}`,
  );
  return phrase`Too close to call: ${list(groups, ';')}; `;
}

/** `Name (9.02 [8.77, 9.27])`, or the range over prompting styles and judges. */
function standing(entry: Standing): Phrase {
  return phrase`${name(entry.label)} (${figuresOf(entry)})`;
}

function figuresOf({ values, low, high }: Standing): string {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 && low !== null && high !== null
    ? `${only.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`
    : valueRange(values);
}

function alone(summary: RunSummary): Phrase {
  const own = leadOf(summary, null);
  const places = summary.cultures
    .flatMap((culture) =>
      leadOf(summary, culture).all.map((entry) => ({ culture, value: mean(entry.values) })),
    )
    .sort((a, b) => b.value - a.value);
  const [best] = places;
  const worst = places.at(-1);
  const [figures] = own.all;
  if (!figures) return [];
  const spread =
    best && worst && best.culture !== worst.culture
      ? phrase`, highest on ${name(best.culture)} (${best.value.toFixed(2)}) and lowest on ${name(worst.culture)} (${worst.value.toFixed(2)})`
      : '';
  return phrase`${name(figures.label)} reaches a mean rating of ${figuresOf(figures)} out of 10${spread}`;
}

function missing({ planned, rated }: RunSummary): Phrase {
  const lost = planned - rated;
  if (lost === 0)
    return phrase`none of the ${planned.toLocaleString('en')} planned ratings is missing`;
  const share = ((100 * lost) / planned).toFixed(lost * 1000 < planned ? 2 : 1);
  return phrase`${lost.toLocaleString('en')} of ${planned.toLocaleString('en')} planned ratings ${lost === 1 ? 'is' : 'are'} missing (${share} %)`;
}
