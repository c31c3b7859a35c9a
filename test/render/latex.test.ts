import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { renderLatex } from '../../src/render/latex.ts';
import { reportTables } from '../../src/report/tables.ts';
import { generatedRun } from '../report/generated.ts';

const run = promisify(execFile);

test('the tables compile, awkward names and all', async ({ skip }) => {
  const found = await run('pdflatex', ['--version']).then(
    () => true,
    () => false,
  );
  skip(!found, 'pdflatex is not installed: apt-get install texlive-latex-recommended');
  const name = 'A_B & 50% #1 $x$ {y} ~z ^w \\n <t> "q" `g` [h] -- − ×';
  const { summary } = generatedRun({
    models: [
      { name, variant: 'Vanilla', baseline: null },
      { name, variant: 'Aligned', baseline: 'Vanilla' },
      { name: 'Plain', variant: null, baseline: null },
    ],
    styles: ['zero-shot', 'role-play'],
    judges: ['A'],
    missing: 0.05,
    perCell: 6,
  });
  const folder = await mkdtemp(join(tmpdir(), 'care-judge-latex-'));
  try {
    const source = [
      '\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{booktabs,graphicx,amssymb}',
      '\\begin{document}',
      ...reportTables(summary).map(renderLatex),
      '\\end{document}',
    ].join('\n');
    await writeFile(join(folder, 'tables.tex'), source);
    const { stdout } = await run(
      'pdflatex',
      ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', 'tables.tex'],
      { cwd: folder, maxBuffer: 1 << 24 },
    );
    expect(stdout).toContain('Output written on tables.pdf');
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** The lines that the tables' own preamble comment asks for, without its comment signs. */
function preambleOf(table: string): string {
  const wanted = table
    .split('\n')
    .filter((line) => /^% {3}\\/.test(line))
    .map((line) => line.slice(4));
  expect(wanted).toHaveLength(4);
  return [
    '\\documentclass{article}\\usepackage{booktabs,graphicx,amssymb,fontspec}',
    '\\setmainfont{Noto Serif CJK SC}',
    ...wanted,
  ].join('\n');
}

test('names in Arabic, Chinese and Japanese compile with the lines the tables ask for', async ({
  skip,
}) => {
  const found = async (command: string, option: string) =>
    run(command, [option]).then(
      ({ stdout }) => stdout,
      () => '',
    );
  skip(
    (await found('xelatex', '--version')) === '',
    'xelatex is not installed: apt-get install texlive-xetex texlive-lang-arabic',
  );
  const fonts = await found('fc-list', ':');
  skip(
    !fonts.includes('Noto Naskh Arabic') || !fonts.includes('Noto Serif CJK SC'),
    'the fonts are not installed: apt-get install fonts-noto-core fonts-noto-cjk',
  );
  const { summary } = generatedRun({
    models: [
      { name: 'نموذج عربي كبير (7B)', variant: null, baseline: null },
      { name: '通义千问', variant: '東京', baseline: null },
    ],
    styles: ['zero-shot'],
    judges: ['A'],
    missing: 0,
    perCell: 3,
  });
  const tables = reportTables(summary).map(renderLatex);
  const folder = await mkdtemp(join(tmpdir(), 'care-judge-xelatex-'));
  try {
    const source = [preambleOf(tables[0] ?? ''), '\\begin{document}', ...tables, '\\end{document}'];
    await writeFile(join(folder, 'tables.tex'), source.join('\n'));
    const { stdout } = await run(
      'xelatex',
      ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', 'tables.tex'],
      { cwd: folder, maxBuffer: 1 << 24 },
    );
    expect(stdout).toContain('Output written on tables.pdf');
    // TeX drops what a font lacks and says so in the log alone.
    expect(await readFile(join(folder, 'tables.log'), 'utf8')).not.toContain('Missing character');
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
