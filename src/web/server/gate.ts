import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** What requests have to show, and what those that do may be. */
export interface GateOptions<Role> {
  readonly port: number;
  /** Who has a token; null for nobody. */
  readonly roleOf: (token: string) => Role | null;
}

/** What a page of this server may load: its own script and style, and nothing from elsewhere. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
} as const;

/** A page of another site cannot send it without being allowed to, which it never is. */
const WRITE_HEADER = 'x-care-judge';
const READS = ['GET', 'HEAD'];

/**
 * Lets in who was given a token: in the address once, afterwards in a cookie that no script and no
 * other site can use. Refuses names other than this machine's own, which a rebound DNS name would
 * be, pages of other origins, and writes that do not come from a page of this server.
 */
export function gate<Role>({
  port,
  roleOf,
}: GateOptions<Role>): MiddlewareHandler<{ Variables: { role: Role } }> {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  // Cookies know no ports: two servers on one machine must not take each other's.
  const cookie = `care-judge-${port}`;
  return async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    const stranger = strangerReason(context, hosts);
    if (stranger !== null) return refuse(context, stranger);
    const given = context.req.query('token');
    const token = given ?? getCookie(context, cookie) ?? '';
    const role = roleOf(token);
    if (role === null) return refuse(context, NO_KEY);
    if (given !== undefined)
      setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
    if (!READS.includes(context.req.method) && !isFromPage(context))
      return refuse(context, 'Only pages of this server may change anything.');
    context.set('role', role);
    return await next();
  };
}

const NO_KEY =
  'Open the link that care-judge printed: it has the key to this page. If you came by a link from another site, type the address instead.';

/** Why a request does not come from a page of this machine; null where nothing says so. */
function strangerReason({ req }: Context, hosts: readonly string[]): string | null {
  const host = req.header('host') ?? '';
  if (!hosts.includes(host)) return `Open this page as http://${hosts[0]}/.`;
  const origin = req.header('origin');
  return origin === undefined || origin === `http://${host}`
    ? null
    : 'Other sites may not read this page.';
}

/** A browser says the origin of whatever writes; that it is this server's has been seen to. */
function isFromPage({ req }: Context): boolean {
  return (
    req.header('origin') !== undefined &&
    req.header(WRITE_HEADER) !== undefined &&
    /^application\/json\b/i.test(req.header('content-type') ?? '')
  );
}

function refuse(context: Context, reason: string): Response {
  return context.text(`care-judge: ${reason}\n`, 403);
}

/** Takes as long for a token that is nearly right as for any other. */
export function sameToken(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
