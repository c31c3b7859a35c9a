import { defineConfig } from 'rolldown';

/**
 * The program and its API in a few files in place of some eight hundred: finding, reading and linking
 * them was a third of a run's start. What has native parts or data files of its own stays a package,
 * and so does what only few runs load.
 */
export default defineConfig({
  input: { index: 'src/index.ts', 'cli/main': 'src/cli/main.ts' },
  platform: 'node',
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
