import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const IMPORT = /^import \{([^}]+)\} from 'vega-util';$/m;
const EXPORT = /^export \{ (\w+) as expressionInterpreter \};$/m;
const SOURCE_MAP = /^\/\/# sourceMappingURL=.*$/gm;

/** Vega for browsers, and its expression interpreter as a script that adds itself to `vega`. */
export async function readChartRuntime(): Promise<{ vega: string; interpreter: string }> {
  const vega = await readFile(new URL('vega.min.js', import.meta.resolve('vega')), 'utf8');
  const file = fileURLToPath(import.meta.resolve('vega-interpreter'));
  const module = await readFile(file, 'utf8');
  const imported = IMPORT.exec(module)?.[1];
  const exported = EXPORT.exec(module)?.[1];
  if (imported === undefined || exported === undefined) {
    throw new Error(`${file}: is not the module that this program was written for`);
  }
  const body = module.replace(IMPORT, '').replace(EXPORT, '').replace(SOURCE_MAP, '').trim();
  return {
    vega: vega.replace(SOURCE_MAP, '').trim(),
    interpreter: `(() => {\nconst {${imported}} = vega;\n${body}\nvega.expressionInterpreter = ${exported};\n})();`,
  };
}
