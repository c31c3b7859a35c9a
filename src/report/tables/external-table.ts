import { z } from 'zod';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Json } from '../../domain/json.ts';
import { at, isRecord } from '../../domain/json-path.ts';
import type { Table } from '../../render/table.ts';
import { inPaperOrder } from '../../series/names/order.ts';

const givenSchema = z.array(
  z.object({
    name: z.string(),
    unit: z.string().default('%'),
    source: z.string().optional(),
    values: z.record(z.string(), z.record(z.string(), z.number())),
  }),
);
type Given = z.infer<typeof givenSchema>[number];

/** Figures that the runs' configs give beside what was measured; null where there are none. */
export function givenTable({ run }: RunSummary): Table | null {
  const given = distinctGiven(run.provenance);
  if (given.length === 0) return null;
  const categories = inPaperOrder(
    'category',
    given.flatMap(({ values }) => Object.values(values).flatMap(Object.keys)),
  );
  const sources = [...new Set(given.flatMap(({ source }) => source ?? []))];
  return {
    name: 'given',
    title: 'Given, not measured',
    note: `Figures of the config, which are no ratings and have no interval.${sources.length > 0 ? ` Source: ${sources.join('; ')}.` : ''}`,
    labels: ['What', 'Culture'],
    columns: categories.map((heading) => ({ group: null, heading, average: false })),
    rows: given.flatMap(({ name, unit, values }) =>
      inPaperOrder('culture', Object.keys(values)).map((culture) => ({
        labels: [`${name} (${unit})`, culture],
        cells: categories.map((category) => {
          const count = values[culture]?.[category];
          return count === undefined ? null : { kind: 'count' as const, count };
        }),
      })),
    ),
  };
}

/** Of one run's config or of several; the same figures once. */
function distinctGiven(provenance: Json): Given[] {
  const runs = at(provenance, 'runs');
  const all = isRecord(runs) ? Object.values(runs) : [provenance];
  const found = new Map<string, Given>();
  for (const one of all) {
    const parsed = givenSchema.safeParse(at(at(one, 'config'), 'given'));
    for (const given of parsed.data ?? []) found.set(JSON.stringify(given), given);
  }
  return [...found.values()];
}
