import type { Item } from '../../domain/item.ts';
import { solutionSchema } from '../../domain/solution.ts';

export interface ItemColumns {
  readonly name: string;
  readonly question: string;
  readonly reference: string;
  readonly culture: string;
  readonly language: string;
  readonly category: string;
  readonly scope: string | null;
  readonly association: string | null;
  readonly cluster: string | null;
  /** JSON; null for questions that a judge rates. */
  readonly solution: string | null;
}

/** The columns of an item that is to be read, of the table `i`. */
export const ITEM_COLUMNS =
  'i.name, i.question, i.reference, i.culture, i.language, i.category, i.scope, i.association, i.cluster, i.solution';

export function itemFromColumns(row: ItemColumns): Item {
  const { name, question, reference, culture, language, category, scope, association, cluster } =
    row;
  return {
    id: name,
    question,
    reference,
    culture,
    language,
    category,
    scope,
    association,
    cluster,
    ...(row.solution !== null && { solution: solutionSchema.parse(JSON.parse(row.solution)) }),
  };
}
