import { at } from '../domain/json-path.ts';
import type { RunDefinition } from '../domain/run-definition.ts';

/** Ends the config in the script: no line of JSON can be this word alone. */
const END = 'END_OF_CONFIG';

/** Shell lines that write the config as it was given and run it into a store of its own. */
export function repeatCommand(definition: Pick<RunDefinition, 'id' | 'provenance'>): string {
  const config = at(definition.provenance, 'config') ?? null;
  const file = `${definition.id}.json`;
  const store = `results/repeat-${definition.id}.sqlite`;
  return [
    `cat > ${file} <<'${END}'`,
    JSON.stringify(config, null, 2),
    END,
    `care-judge run ${file} --db ${store} && care-judge report --db ${store}`,
  ].join('\n');
}
