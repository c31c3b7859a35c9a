import { z } from 'zod';

function values(what: string) {
  return z
    .array(z.string().min(1, 'must not be empty'))
    .min(1, 'must list at least one value; leave it out to take all')
    .optional()
    .meta({ description: `Only items of these ${what}, as written in the items.` });
}

/** Which items of the sources take part: filters first, then `perCell`, then `limit`. */
export const itemSelectionSchema = z.strictObject({
  culture: values('cultures'),
  language: values('languages'),
  category: values('categories'),
  scope: values('geographic scopes'),
  association: values('associated cultures'),
  limit: z.int().min(1).optional().meta({
    description: 'Take at most this many items, drawn by the seed.',
  }),
  perCell: z.int().min(1).optional().meta({
    description: 'Take at most this many items of each culture and category, drawn by the seed.',
  }),
  seed: z.int().default(0).meta({
    description: 'Draws the items for limit and perCell: the same seed, the same items everywhere.',
  }),
});

export type ItemSelection = z.infer<typeof itemSelectionSchema>;

/** The selection keys that filter by an item field of the same name. */
export const FILTER_FIELDS = ['culture', 'language', 'category', 'scope', 'association'] as const;
