import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import { definition, item, JUDGMENT_META, META, RATED } from '../../contracts/small-plan.ts';
import { CULTURES } from './series.ts';

/** A run as ratings: what its model, culture, question and answer say; null is a verdict nobody could read. */
export interface StoredRecipe {
  readonly name: string;
  readonly judge?: string;
  /** Questions of each culture. */
  readonly perCulture?: number;
  readonly trials?: number;
  /** Of each question's answers the best rated counts. */
  readonly best?: boolean;
  readonly rating: (place: {
    readonly model: 'A' | 'B';
    readonly culture: string;
    readonly question: number;
    readonly trial: number;
  }) => number | null;
}

const MODELS = ['A', 'B'] as const;

/** Writes a run of two models, A and B/Tuned, over 3 cultures; its id is its name. */
export async function writeRun(file: string, recipe: StoredRecipe): Promise<void> {
  const { name, judge = 'judge-j', perCulture = 30, trials = 1, best = false } = recipe;
  const store = openRunStore(file);
  const base = definition();
  const provenance = {
    config: { judges: [{ name: 'J', model: judge }] },
    items: { fingerprint: `${perCulture} a culture` },
    rubrics: { Literacy: { fingerprint: 'f2' } },
  };
  const models = base.models.map((entry) => ({ ...entry, best: best ? trials : null }));
  const judges = base.judges.map((entry) => ({ ...entry, key: judge }));
  store.openRun({ ...base, id: name, name, planKey: `plan ${name}`, models, judges, provenance });
  const places = CULTURES.flatMap((culture) =>
    Array.from({ length: perCulture }, (_, question) => ({ culture, question })),
  );
  store.addToPlan(
    name,
    places.map(({ culture, question }) => ({
      item: item(`${culture}-${String(question).padStart(3, '0')}`, { culture }),
      responses: MODELS.flatMap((_, model) =>
        Array.from({ length: trials }, (__, trial) => {
          const key = `${name} ${model} ${culture} ${question} ${trial}`;
          return {
            ...{ model, style: 0, trial, key: `r ${key}`, recorded: null },
            judgments: [{ judge: 0, trial: 0, key: `j ${key}` }],
            scorers: [],
          };
        }),
      ),
    })),
  );
  store.closePlan(name);
  const saves: Promise<void>[] = [];
  for (const [position, model] of MODELS.entries()) {
    const query = { model: position, after: -1, limit: 10_000, retryMissing: false };
    for (const unit of store.pendingUnits(name, query)) {
      const { culture, id } = unit.item;
      const question = Number(id.split('-').at(-1));
      const rating = recipe.rating({ model, culture, question, trial: unit.trial });
      const text = `answer of ${model}`;
      const answer = { status: 'completed', text, reasoning: null } as const;
      saves.push(store.saveResponse(unit.responseId, answer, META));
      for (const judgment of unit.judgments) {
        const verdict =
          rating === null
            ? ({ status: 'unparsed', cause: 'no-rating', text: 'hm', reasoning: null } as const)
            : { ...RATED, rating };
        saves.push(store.saveJudgment(judgment.id, verdict, JUDGMENT_META));
      }
    }
  }
  await Promise.all(saves);
  store.close();
}
