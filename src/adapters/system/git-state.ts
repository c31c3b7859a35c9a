import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit that a folder is checked out at, and whether anything in it differs from that. */
export interface GitState {
  readonly commit: string;
  readonly dirty: boolean;
}

/** null outside a git checkout and where git is not installed. */
export async function readGitState(folder: string): Promise<GitState | null> {
  try {
    const { stdout: commit } = await run('git', ['rev-parse', 'HEAD'], { cwd: folder });
    const { stdout: status } = await run('git', ['status', '--porcelain'], { cwd: folder });
    return { commit: commit.trim(), dirty: status.trim() !== '' };
  } catch {
    // No git, or no checkout: provenance then says so by its absence.
    return null;
  }
}
