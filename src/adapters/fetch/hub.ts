import { z } from 'zod';
import { OperatorError } from '../../domain/errors.ts';
import type { Checksum } from './checksum.ts';
import { reasonOf } from './download.ts';
import type { WebClient } from './web-client.ts';

/** A dataset on the Hugging Face hub, or on a server that speaks as it does. */
export interface HubDataset {
  /** Without a slash at its end. */
  readonly hub: string;
  readonly dataset: string;
  /** Branch, tag, commit or `refs/…`. */
  readonly revision: string;
  readonly token: string | null;
  readonly hint: string;
}

export interface HubFile {
  /** Inside the dataset, with slashes. */
  readonly path: string;
  readonly size: number;
  readonly sum: Checksum;
  readonly url: string;
}

export interface HubListing {
  /** The commit that the revision stands for, so that a branch that moves stays one version. */
  readonly commit: string;
  readonly files: readonly HubFile[];
}

const revisionSchema = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const entrySchema = z.object({
  type: z.string(),
  path: z.string(),
  oid: z.string(),
  size: z.number(),
  lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
});
const treeSchema = z.array(entrySchema);

/** Lists a dataset's files at a revision with the sums that the hub tells. Throws OperatorError. */
export async function listHubFiles(client: WebClient, source: HubDataset): Promise<HubListing> {
  const { hub, dataset, revision } = source;
  const api = `${hub}/api/datasets/${dataset}`;
  const at = `${api}/revision/${encodeURIComponent(revision)}`;
  const { value } = await readJson(client, at, { source, schema: revisionSchema });
  const commit = value.sha;
  const files: HubFile[] = [];
  let page: string | null = `${api}/tree/${commit}?recursive=true`;
  while (page !== null) {
    const tree: Page<z.infer<typeof treeSchema>> = await readJson(client, page, {
      source,
      schema: treeSchema,
    });
    for (const { type, path, oid, size, lfs } of tree.value) {
      if (type !== 'file') continue;
      files.push({
        path: safePath(path, dataset),
        size: lfs?.size ?? size,
        sum: lfs ? { algorithm: 'sha256', hex: lfs.oid } : { algorithm: 'git-blob', hex: oid },
        url: `${hub}/datasets/${dataset}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`,
      });
    }
    page = tree.next;
  }
  return { commit, files };
}

/** A name from outside must not lead out of the folder that is written to. */
function safePath(path: string, dataset: string): string {
  const steps = path.split('/');
  const odd = steps.some(
    (step) => step === '' || step === '.' || step === '..' || /[\\:\0]/.test(step),
  );
  if (odd)
    throw new OperatorError(
      `${dataset}: the hub lists a file "${path}", which is no name to write to`,
    );
  return path;
}

interface Page<T> {
  readonly value: T;
  /** The following page. */
  readonly next: string | null;
}

async function readJson<T>(
  client: WebClient,
  url: string,
  { source, schema }: { readonly source: HubDataset; readonly schema: z.ZodType<T> },
): Promise<Page<T>> {
  const { token, hint } = source;
  try {
    const { status, headers, body } = await client.get(url, { token });
    const text = await body.text();
    if (status !== 200) throw new OperatorError(`${url}: ${refusal(status, source)} ${hint}`);
    const parsed = schema.safeParse(parseJson(text));
    if (!parsed.success)
      throw new OperatorError(`${url}: does not answer as the Hugging Face hub does. ${hint}`);
    return { value: parsed.data, next: nextPage(url, String(headers['link'] ?? '')) };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`cannot fetch ${url}: ${reasonOf(error)}. ${hint}`, { cause: error });
  }
}

function refusal(status: number, { hub, dataset, revision, token }: HubDataset): string {
  if (status === 404) return `there is no dataset ${dataset} with a revision ${revision}.`;
  if (status !== 401 && status !== 403) return `HTTP ${status}.`;
  return token === null
    ? `the hub asks for a login: accept the dataset's terms at ${hub}/datasets/${dataset}, then set HF_TOKEN.`
    : `the hub does not let the owner of HF_TOKEN have this: accept the dataset's terms at ${hub}/datasets/${dataset}.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `Link: <URL>; rel="next"`, on the same host only: the token goes with it. */
function nextPage(url: string, link: string): string | null {
  const [, target] = /<([^>]+)>\s*;\s*rel="next"/.exec(link) ?? [];
  const next = target === undefined ? null : URL.parse(target, url);
  return next !== null && next.origin === new URL(url).origin ? next.href : null;
}
