import type { Item } from '../../domain/item.ts';

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
}

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
  };
}
