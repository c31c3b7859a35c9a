import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** Licences want their text to go wherever the code goes: those of every package that is bundled. */
function thirdPartyLicenses(): Plugin {
  return {
    name: 'third-party-licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? file.moduleIds : [],
      );
      const folders = new Set(modules.flatMap((id) => PACKAGE.exec(id)?.[1] ?? []));
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENSES.txt',
        source: [...folders]
          .map(licenseOf)
          .sort()
          .join(`\n${'-'.repeat(79)}\n\n`),
      });
    },
  };
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  if (files.length === 0 && !existsSync(join(folder, 'README.md')))
    throw new Error(`${name} has no licence text to ship`);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

/**
 * The program and its API in a few files in place of some eight hundred: finding, reading and linking
 * them was a third of a run's start. What has native parts or data files of its own stays a package,
 * and so does what only few runs load.
 */
const program = defineConfig({
  input: { index: 'src/index.ts', 'cli/main': 'src/cli/main.ts' },
  platform: 'node',
  plugins: [thirdPartyLicenses()],
  external: [
    /^node:/,
    'better-sqlite3',
    /^@resvg\//,
    /^@expo-google-fonts\//,
    'harfbuzzjs',
    'subset-font',
    /^vega/,
    /^eld\//,
    /^gpt-tokenizer/,
    /^hyparquet/,
    /^openai/,
    /^@azure\//,
  ],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
  },
});

/** The script of the pages that `view` serves: one file, nothing loaded from elsewhere. */
export const page = {
  input: { view: 'src/web/page/main.tsx' },
  platform: 'browser',
  output: { format: 'iife', minify: true },
} as const;

export default defineConfig([
  program,
  {
    ...page,
    plugins: [thirdPartyLicenses()],
    output: { ...page.output, dir: 'dist/web', cleanDir: true },
  },
]);
