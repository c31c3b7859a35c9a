import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGitState } from '../../../src/adapters/system/git-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'care-judge-git-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): string {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  return execFileSync('git', [...author, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

test('a folder outside a checkout, and a checkout without a commit, have no state', async () => {
  expect(await readGitState(folder)).toBeNull();
  git('init', '--quiet');
  expect(await readGitState(folder)).toBeNull();
});

test('the commit is named, and a file that differs or is new makes it dirty', async () => {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, 'version: 1\n');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'First');
  const commit = git('rev-parse', 'HEAD');
  expect(await readGitState(folder)).toEqual({ commit, dirty: false });
  writeFileSync(file, 'version: 2\n');
  expect(await readGitState(folder)).toEqual({ commit, dirty: true });
  git('checkout', '--quiet', '.');
  writeFileSync(join(folder, 'new.yaml'), '');
  expect(await readGitState(folder)).toEqual({ commit, dirty: true });
});
