import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit that a folder is checked out at, and whether anything in it differs from that. */
export interface GitState {
  readonly commit: string;
  readonly dirty: boolean;
}

/** null outside a git checkout, before its first commit and where git is not installed. */
export async function readGitState(folder: string): Promise<GitState | null> {
  try {
    const { stdout } = await run('git', ['status', '--porcelain=v2', '--branch'], { cwd: folder });
    const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(stdout)?.[1];
    return commit === undefined ? null : { commit, dirty: /^[^#\n]/m.test(stdout) };
  } catch {
    // No git, or no checkout: provenance then says so by its absence.
    return null;
  }
}
