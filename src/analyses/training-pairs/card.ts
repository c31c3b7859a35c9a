import { mean } from '../../stats/means/describe.ts';
import { wilsonInterval } from '../../stats/means/proportion.ts';
import { characters, type PreferencePair, type RatedQuestions, type Side } from './candidates.ts';
import type { Chosen, PairsRequest } from './request.ts';
import { PAIR_RULES } from './rules/index.ts';
import type { PairsCard } from './schema.ts';
import { TRAINERS } from './trainers/index.ts';

interface Described {
  readonly source: RatedQuestions;
  readonly request: PairsRequest;
  readonly chosen: Chosen;
  readonly files: PairsCard['files'];
  readonly excluded: number;
  readonly filtered: number;
}

/** Few pairs teach a model little but their accidents. */
const FEW = 100;
/** KTO wants λ_D n_D / λ_U n_U between 1 and 4/3. */
const KTO_BALANCE = [1, 4 / 3] as const;

/** Describes training rows for those who will train on them or publish them. */
export function describeRows(described: Described): PairsCard {
  const { source, request, chosen, files, excluded, filtered } = described;
  const { pairs, completions, rows, left } = chosen;
  const gaps = pairs.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  const labels =
    request.method === 'kto'
      ? {
          desirable: completions.filter(({ desirable }) => desirable).length,
          undesirable: completions.filter(({ desirable }) => !desirable).length,
        }
      : null;
  const isReference = ({ source: from }: Side) => from === 'reference';
  const card = {
    version: 1 as const,
    method: request.method,
    trainer: request.trainer,
    files,
    runs: [...source.runs],
    simulated: source.simulated,
    ratings: source.ratings,
    judge: source.judge,
    rule: ruleText(request),
    options: optionsOf(request),
    rows: rows.length,
    questions: new Set(rows.map(({ question }) => question.key)).size,
    without: { ...left, excluded, filtered },
    answersExcluded: { ...source.excluded },
    cultures: [...Map.groupBy(rows, ({ question }) => question.culture)].map(([culture, own]) => ({
      culture,
      rows: own.length,
    })),
    models: modelCounts(chosen),
    references:
      pairs.filter((pair) => isReference(pair.chosen)).length +
      completions.filter(({ completion }) => isReference(completion)).length,
    tied: pairs.filter(({ tied }) => tied > 0).length,
    gap:
      gaps.length === 0
        ? null
        : { min: Math.min(...gaps), mean: mean(gaps) ?? 0, max: Math.max(...gaps) },
    lengths: pairs.length === 0 ? null : pairLengths(pairs),
    labels,
    usage: files.flatMap(({ name, split }) =>
      split === null || split === 'train'
        ? [...TRAINERS[request.trainer].usage(request.method, name)]
        : [],
    ),
  };
  return { ...card, cautions: cautionsOf(card, request) };
}

function ruleText({ rule, method, references }: PairsRequest): string {
  switch (method) {
    case 'dpo':
    case 'simpo':
      return `${PAIR_RULES[rule].description}${references ? '; also the human reference against the lowest' : ''}`;
    case 'kto':
      return 'answers at or above one rating are desirable, at or below another undesirable; those between are left out';
    case 'sft':
      return references
        ? 'the human reference, or the highest rated answer where there is none'
        : 'the highest rated answer';
    default:
      return method satisfies never;
  }
}

/** As flags, without those that the method does not use. */
function optionsOf(request: PairsRequest): PairsCard['options'] {
  const { method, rule, minGap, ties, lengthRatio, maxPerQuestion, references } = request;
  const { desirable, undesirable, cultures, association, split, seed } = request;
  const paired = method === 'dpo' || method === 'simpo';
  return {
    ...(paired ? { rule, 'min-gap': minGap, ties, 'length-ratio': lengthRatio } : { desirable }),
    ...(method === 'kto' ? { undesirable } : {}),
    'max-per-question': Number.isFinite(maxPerQuestion) ? maxPerQuestion : null,
    ...{ references, association, seed },
    culture: cultures.length === 0 ? null : cultures.join(', '),
    split: split === null ? null : Object.values(split).join(', '),
  };
}

function modelCounts({ pairs, completions }: Chosen): PairsCard['models'] {
  const counts = new Map<string, { chosen: number; rejected: number }>();
  const count = ({ models }: Side, side: 'chosen' | 'rejected') => {
    for (const model of models) {
      const own = counts.get(model) ?? { chosen: 0, rejected: 0 };
      own[side] += 1;
      counts.set(model, own);
    }
  };
  for (const { chosen, rejected } of pairs) {
    count(chosen, 'chosen');
    count(rejected, 'rejected');
  }
  for (const { completion, desirable } of completions)
    count(completion, desirable ? 'chosen' : 'rejected');
  return [...counts]
    .map(([model, own]) => ({ model, ...own }))
    .sort((a, b) => (a.model < b.model ? -1 : 1));
}

function pairLengths(pairs: readonly PreferencePair[]): PairsCard['lengths'] {
  const sides = pairs.map(({ chosen, rejected }) => ({
    chosen: characters(chosen.text),
    rejected: characters(rejected.text),
  }));
  const longer = sides.filter(({ chosen, rejected }) => chosen > rejected).length;
  return {
    chosen: mean(sides.map(({ chosen }) => chosen)) ?? 0,
    rejected: mean(sides.map(({ rejected }) => rejected)) ?? 0,
    chosenLonger: { value: longer / pairs.length, ...wilsonInterval(longer, pairs.length) },
  };
}

function cautionsOf(card: Omit<PairsCard, 'cautions'>, request: PairsRequest): string[] {
  const { references, lengths, labels, rows, ratings } = card;
  const ratio = labels === null ? null : labels.desirable / labels.undesirable;
  const balanced = ratio === null || (ratio >= KTO_BALANCE[0] && ratio <= KTO_BALANCE[1]);
  return [
    ...(request.testQuestions.length === 0
      ? [
          'No test set was named with --exclude: the rows may hold questions that the trained model will be evaluated on.',
        ]
      : []),
    ...(references > 0
      ? [
          `${references} rows hold a human reference: a judge that is shown the same reference will favour a model trained on it.`,
        ]
      : []),
    ...(ratings === 'judge'
      ? [
          'The ratings are a judge’s: its biases are trained into the model. `care-judge card` shows what is known of them.',
        ]
      : []),
    ...(lengths !== null && lengths.chosenLonger.low > 0.5
      ? [
          'Chosen texts are longer more often than not, which teaches length; cap it with --length-ratio.',
        ]
      : []),
    ...(labels !== null && !balanced
      ? [
          `Desirable to undesirable is ${labels.desirable}:${labels.undesirable}: set the trainer’s weights so that λ_D·n_D / λ_U·n_U is between 1 and 4/3.`,
        ]
      : []),
    ...(rows < FEW ? [`${rows} rows are few to train on.`] : []),
  ];
}
