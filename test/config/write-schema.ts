import { writeFileSync } from 'node:fs';
import { schemaText } from './schema-text.ts';

// `npm run schema`
writeFileSync(new URL('../../configs/schema.json', import.meta.url), schemaText());
