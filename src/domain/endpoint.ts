import { z } from 'zod';
import { batchSettingSchema } from './batch-setting.ts';
import { judgePlan } from './simulated-judge.ts';

/** Spaces and line ends around a key are a copying accident, and illegal in a header. */
const secret = z.string().trim();
const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((value) => isDecodable(value), {
    error: 'the name or password holds a % that begins no percent-encoding; write it as %25',
  });
const bareUrl = url.refine((value) => !hasUserinfo(value), {
  error: 'must not hold a name and password; write the key under auth',
});

/** Headers that the wire format or the program itself decides. */
const OWN_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
]);
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not a header name')
  .transform((name) => name.toLowerCase())
  .refine((name) => !OWN_HEADERS.has(name), 'is a header that the program sets itself');
const headerValue = secret.regex(
  /^[\t\x20-\x7e]*$/,
  'must consist of printable ASCII characters on one line',
);

const apiKeyFile = z.string().min(1).meta({
  description: 'File that holds the key and nothing else, instead of apiKey.',
});

/** A timer of Node's holds 2^31 milliseconds at most, about 24 days. */
const seconds = z.number().positive().max(86_400);

const timeoutsSchema = z.strictObject({
  connect: seconds.default(10).meta({ description: 'Seconds to open a connection.' }),
  response: seconds.default(1200).meta({
    description:
      'Seconds until the reply begins. Servers that do not stream send nothing before the whole answer is generated.',
  }),
  stall: seconds.default(60).meta({
    description: 'Seconds of silence in the middle of a reply before it is given up.',
  }),
  total: seconds.optional().meta({
    description: 'Seconds for a whole call; without it the sum of the three others.',
  }),
});

const limits = {
  concurrency: z
    .int()
    .min(1)
    .max(4096)
    .default(32)
    .meta({ description: 'Calls in flight at most.' }),
  rpm: z.int().min(1).optional().meta({ description: 'Requests a minute at most.' }),
  tpm: z.int().min(1).optional().meta({
    description: 'Tokens a minute at most, counted as prompt estimate plus max_tokens.',
  }),
  timeouts: timeoutsSchema.prefault({}),
  maxReplyMb: z.number().positive().max(64).default(32).meta({
    description: 'Largest reply that is read, in MiB, compressed or not.',
  }),
  headers: z.record(headerName, headerValue).optional().meta({
    description:
      'Headers sent with every request, as some gateways want them. Their values are kept as secret as keys.',
  }),
  batch: batchSettingSchema.optional(),
  proxy: z
    .union([
      z.literal('none'),
      z.url({
        protocol: /^(?:https?|socks5)$/,
        error: 'must be an http, https or socks5 URL, or none',
      }),
    ])
    .optional()
    .meta({
      description:
        'Proxy to this endpoint, http://NAME:PASSWORD@HOST:PORT; none: a direct connection. Without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY decide.',
    }),
};

const vllmSchema = z.strictObject({
  kind: z.literal('vllm'),
  baseUrl: z
    .union([url, z.array(url).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .meta({ description: 'One URL, or several replicas of the same model; each ends in /v1.' }),
  apiKey: secret.default('').meta({ description: 'Bearer key; empty for a server without one.' }),
  apiKeyFile: apiKeyFile.optional(),
  ...limits,
});

const openaiSchema = z.strictObject({
  kind: z.literal('openai'),
  baseUrl: url,
  apiKey: secret.default(''),
  apiKeyFile: apiKeyFile.optional(),
  ...limits,
});

const entraSchema = z.strictObject({
  scope: z.string().default('https://cognitiveservices.azure.com/.default').meta({
    description: 'Token audience; newer v1 resources may want https://ai.azure.com/.default.',
  }),
});

const azureSchema = z.strictObject({
  kind: z.literal('azure'),
  endpoint: bareUrl.meta({ description: 'https://NAME.openai.azure.com' }),
  apiVersion: z
    .string()
    .regex(/^(?:v1|\d{4}-\d{2}-\d{2}(?:-preview)?)$/, 'must be v1 or a date such as 2024-10-21')
    .default('v1'),
  auth: z.union([
    z.strictObject({ apiKey: secret.min(1, 'must not be empty') }),
    z.strictObject({ apiKeyFile }),
    z.strictObject({ entra: entraSchema }),
  ]),
  ...limits,
});

const simulatedSchema = z.strictObject({
  kind: z.literal('simulated'),
  latencyMs: z.number().min(0).default(0),
  ...judgePlan,
  ...limits,
});

/** Where models are asked. Keys live here and nowhere else. */
export const endpointSchema = z.discriminatedUnion('kind', [
  vllmSchema,
  azureSchema,
  openaiSchema,
  simulatedSchema,
]);
export type Endpoint = z.infer<typeof endpointSchema>;
export type RemoteEndpoint = Exclude<Endpoint, { kind: 'simulated' }>;

/** Whether the name and password, percent-encoded, can be read. */
function isDecodable(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const { username, password } = new URL(value);
  return !/%(?![0-9a-f]{2})/i.test(username + password);
}

export function hasUserinfo(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
