import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
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

const FONT = /import\.meta\.resolve\(\s*'(@expo-google-fonts\/[^']+\.ttf)',?\s*\)/g;

/** Of packages with nine weights each, the two that are used: they go into dist, with their licence. */
function bundledFonts(): Plugin {
  return {
    name: 'bundled-fonts',
    transform(code) {
      if (!code.includes('@expo-google-fonts/')) return null;
      return code.replaceAll(FONT, (_, name: string) => {
        const file = join('node_modules', name);
        const license = join('node_modules', ...name.split('/').slice(0, 2), 'LICENSE_FONT');
        this.emitFile({ type: 'asset', fileName: 'fonts/OFL.txt', source: readFileSync(license) });
        const font = this.emitFile({
          type: 'asset',
          name: basename(file),
          source: readFileSync(file),
        });
        return `import.meta.ROLLUP_FILE_URL_${font}`;
      });
    },
  };
}

/** What is neither bundled nor of Node has to be installed with the package, or named as an optional peer. */
function installedPackages(): Plugin {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    name: 'installed-packages',
    generateBundle(_options, bundle) {
      const imported = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : [],
      );
      for (const name of imported) {
        if (isBuiltin(name) || Object.hasOwn(bundle, name)) continue;
        const owner = /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
        if (!Object.hasOwn({ ...dependencies, ...peerDependencies }, owner))
          throw new Error(
            `${owner} is imported and not bundled, but package.json does not install it`,
          );
      }
    },
  };
}

/**
 * The program and its API in a few files in place of some eight hundred: finding, reading and linking
 * them was a third of a run's start. What has native parts or data files of its own stays a package,
 * and so does what only few runs load.
 */
const program = defineConfig({
  input: { index: 'src/index.ts', 'cli/main': 'src/cli/main.ts' },
  platform: 'node',
  plugins: [bundledFonts(), thirdPartyLicenses(), installedPackages()],
  external: [
    /^node:/,
    'better-sqlite3',
    /^@resvg\//,
    'harfbuzzjs',
    'subset-font',
    /^vega/,
    /^eld\//,
    /^hyparquet/,
    /^@azure\//,
  ],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    assetFileNames: 'fonts/[name][extname]',
    chunkFileNames: 'chunks/[name]-[hash].js',
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
    plugins: [bundledFonts(), thirdPartyLicenses(), installedPackages()],
    output: { ...page.output, dir: 'dist/web', cleanDir: true },
  },
]);
