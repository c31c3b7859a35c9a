import { z } from 'zod';
import { configSchema } from '../../src/config/schema.ts';

/** `configs/schema.json` as it should be: what editors complete and check configs with. */
export function schemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema, { io: 'input' }), null, 2)}\n`;
}
