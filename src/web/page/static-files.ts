import { bytesFromBase64 } from './base64.ts';

declare global {
  /** What files of data call. */
  var careJudge: { readonly take: (name: string, packed: string) => void } | undefined;
}

/** Loads what a file of data holds. */
export type LoadFile = <Content>(name: string) => Promise<Content>;

/**
 * Loads files of data as scripts, which is all that a page from a disk may do, and unpacks them. A
 * file that comes with the page itself has called before anyone asked.
 */
export function staticFileLoader(): LoadFile {
  const arrivals = new Map<string, PromiseWithResolvers<string>>();
  const arrivalOf = (name: string): PromiseWithResolvers<string> => {
    const known = arrivals.get(name) ?? Promise.withResolvers<string>();
    arrivals.set(name, known);
    return known;
  };
  globalThis.careJudge = { take: (name, packed) => arrivalOf(name).resolve(packed) };
  return async <Content>(name: string): Promise<Content> => {
    const asked = arrivals.has(name);
    const { promise, reject } = arrivalOf(name);
    if (!asked) addScript(`data/${name}.js`, reject);
    const packed = await promise;
    arrivals.delete(name);
    return await unpacked<Content>(packed);
  };
}

function addScript(path: string, fail: (error: Error) => void): void {
  const script = document.createElement('script');
  script.src = path;
  script.onerror = () => fail(new Error(`${path} is missing next to this page.`));
  script.onload = () => script.remove();
  document.head.append(script);
}

/** The files are this program's own: what they hold has the type that it was written with. */
async function unpacked<Content>(packed: string): Promise<Content> {
  const stream = new Blob([bytesFromBase64(packed)])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream).json();
}
