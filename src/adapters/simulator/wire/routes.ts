/** Whose manners a route has: bodies, headers and errors differ. */
export type Surface = 'vllm' | 'azure';

export type RouteKind =
  | 'chat'
  | 'completions'
  | 'embeddings'
  | 'models'
  | 'health'
  | 'version'
  | 'metrics'
  | 'token'
  | 'batch'
  | 'unknown'
  | 'wrong-method';

export interface Route {
  /** Under which requests are counted: method and path pattern. */
  readonly name: string;
  readonly kind: RouteKind;
  readonly surface: Surface;
  /** From the path of a dated Azure route; null elsewhere. */
  readonly deployment: string | null;
  /** What a route of files and batches asks for. */
  readonly batch?: BatchRoute;
}

/** An operation on files and batches. */
export interface BatchRoute {
  readonly operation: BatchOperation;
  /** Of the file or batch; "" for those that name none. */
  readonly id: string;
  readonly query: URLSearchParams;
}

const OPERATIONS = {
  'POST /files': 'upload',
  'GET /files': 'files',
  'GET /files/{id}': 'file',
  'DELETE /files/{id}': 'delete',
  'GET /files/{id}/content': 'content',
  'POST /batches': 'create',
  'GET /batches': 'batches',
  'GET /batches/{id}': 'look',
  'POST /batches/{id}/cancel': 'cancel',
} as const;
export type BatchOperation = (typeof OPERATIONS)[keyof typeof OPERATIONS];

const FIXED: Readonly<Record<string, Route>> = {
  ...fixed('POST', '/v1/chat/completions', 'chat', 'vllm'),
  ...fixed('POST', '/v1/completions', 'completions', 'vllm'),
  ...fixed('POST', '/v1/embeddings', 'embeddings', 'vllm'),
  ...fixed('GET', '/v1/models', 'models', 'vllm'),
  ...fixed('GET', '/health', 'health', 'vllm'),
  ...fixed('GET', '/version', 'version', 'vllm'),
  ...fixed('GET', '/metrics', 'metrics', 'vllm'),
  ...fixed('POST', '/openai/v1/chat/completions', 'chat', 'azure'),
  ...fixed('POST', '/openai/v1/completions', 'completions', 'azure'),
  ...fixed('POST', '/openai/v1/embeddings', 'embeddings', 'azure'),
  ...fixed('GET', '/openai/v1/models', 'models', 'azure'),
  // The instance metadata service, where managed identities get their tokens.
  ...fixed('GET', '/metadata/identity/oauth2/token', 'token', 'azure'),
};

function fixed(method: string, path: string, kind: RouteKind, surface: Surface) {
  const name = `${method} ${path}`;
  return { [name]: { name, kind, surface, deployment: null } };
}

const DATED = /^\/openai\/deployments\/([^/]+)\/(chat\/completions|completions|embeddings)$/u;

/** What a request line asks for. A dated Azure path without api-version is unknown, as it is there. */
export function findRoute(method: string, url: string): Route {
  const cut = url.indexOf('?');
  const path = cut < 0 ? url : url.slice(0, cut);
  const query = url.slice(path.length);
  const known =
    FIXED[`${method} ${path}`] ??
    datedRoute(method, path, query) ??
    batchRoute(method, path, query);
  if (known) return known;
  const surface = path.startsWith('/openai/') ? 'azure' : 'vllm';
  const other = method === 'GET' ? 'POST' : 'GET';
  const kind = surface === 'vllm' && FIXED[`${other} ${path}`] ? 'wrong-method' : 'unknown';
  return { name: kind, kind, surface, deployment: null };
}

function datedRoute(method: string, path: string, query: string): Route | null {
  const [, deployment, operation] = DATED.exec(path) ?? [];
  if (method !== 'POST' || deployment === undefined || operation === undefined) return null;
  if (!new URLSearchParams(query).get('api-version')) return null;
  return {
    name: `POST /openai/deployments/{deployment}/${operation}`,
    kind: isPlain(operation) ? operation : 'chat',
    surface: 'azure',
    deployment: decodeName(deployment),
  };
}

function isPlain(operation: string): operation is 'completions' | 'embeddings' {
  return operation === 'completions' || operation === 'embeddings';
}

const BATCH =
  /^(\/v1|\/openai\/v1|\/openai)(\/(?:files|batches))(?:\/([^/]*))?(\/(?:content|cancel))?$/u;
const isOperation = (name: string): name is keyof typeof OPERATIONS =>
  Object.hasOwn(OPERATIONS, name);

function batchRoute(method: string, path: string, query: string): Route | null {
  const [, base = '', kind = '', id, action = ''] = BATCH.exec(path) ?? [];
  const name = `${method} ${kind}${id === undefined ? '' : '/{id}'}${action}`;
  if (!isOperation(name)) return null;
  const search = new URLSearchParams(query);
  if (base === '/openai' && !search.get('api-version')) return null;
  return {
    name: `${method} ${base}${name.slice(method.length + 1)}`,
    kind: 'batch',
    surface: base === '/v1' ? 'vllm' : 'azure',
    deployment: null,
    batch: { operation: OPERATIONS[name], id: decodeName(id ?? ''), query: search },
  };
}

/** A percent sign that encodes nothing is taken as it stands. */
function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** Whether a route asks a model for text. */
export function generates({ kind }: Route): boolean {
  return kind === 'chat' || kind === 'completions';
}
