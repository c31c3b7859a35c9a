/** Where the environment names proxies, as `fetch` and curl read it. */
export const PROXY_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

const TUNNEL_REFUSED = /^Proxy response \((\d+)\) !== 200 when HTTP Tunneling$/;
const PASSWORD_WANTED = /^Proxy Authentication Required \(407\)$/;

/** The status with which a proxy refused to pass a request on; null for everything else. */
export function proxyRefusal(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  if (PASSWORD_WANTED.test(error.message)) return 407;
  const status = TUNNEL_REFUSED.exec(error.message)?.[1];
  return status === undefined ? null : Number(status);
}
