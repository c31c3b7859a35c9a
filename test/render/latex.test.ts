import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
