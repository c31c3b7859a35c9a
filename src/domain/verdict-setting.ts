import { z } from 'zod';

/** The request field by which a server is told the JSON schema of a verdict; `none` leaves it to the prompt. */
const STRUCTURED_BY = ['response_format', 'structured_outputs', 'guided_json', 'none'] as const;
export type StructuredBy = (typeof STRUCTURED_BY)[number];

/** How a judge gives its verdict. */
export type VerdictSetting =
  | { readonly format: 'text' }
  | { readonly format: 'json'; readonly by: StructuredBy };

/** `text`, `json`, or `{ json: FIELD }` for servers that want the schema in another field. */
export const verdictSettingSchema = z
  .union([z.enum(['text', 'json']), z.strictObject({ json: z.enum(STRUCTURED_BY) })])
  .default('text')
  .transform((written): VerdictSetting => {
    if (written === 'text') return { format: 'text' };
    return { format: 'json', by: written === 'json' ? 'response_format' : written.json };
  })
  .meta({
    description:
      '`text`: a last line `Rating: [[n]]`, as in the CARE paper. `json`: an object with commentary and rating, the schema sent as response_format; `{ json: structured_outputs }` or `{ json: guided_json }` for vLLM servers that want it there, `{ json: none }` for servers that take none.',
  });
