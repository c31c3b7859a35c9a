import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checksum } from '../../../src/adapters/fetch/checksum.ts';
import { copyInto, download } from '../../../src/adapters/fetch/download.ts';
import { createWebClient, type WebClient } from '../../../src/adapters/fetch/web-client.ts';
import { type FileServer, sendFile, serve } from './file-server.ts';

const CONTENT = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
const SUM: Checksum = {
  algorithm: 'sha256',
  hex: createHash('sha256').update(CONTENT).digest('hex'),
};

let folder: string;
let client: WebClient;
const servers: FileServer[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'care-judge-fetch-'));
  client = createWebClient({});
});
afterEach(async () => {
  await client.close();
  for (const server of servers.splice(0)) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function started(answer: Parameters<typeof serve>[0]): Promise<FileServer> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

const target = () => join(folder, 'file.bin');
const from = (url: string, sum: Checksum = SUM) =>
  download(client, { url, target: target(), sum, hint: 'HINT' });

/** Closes the connection once what was sent has had time to be read: a reset throws away what was not. */
function breakOff(response: ServerResponse, sent: Buffer): void {
  response.write(sent, () => setTimeout(() => response.destroy(), 150));
}

describe('download', () => {
  it('brings a file into place once, and asks nothing for one that is right', async () => {
    const server = await started((request, response) => sendFile(CONTENT, request, response));
    expect(await from(`${server.url}/a`)).toBe('fetched');
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
    expect(await from(`${server.url}/a`)).toBe('present');
    expect(server.seen).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['file.bin']);
  });

  it('replaces a file that is there and wrong', async () => {
    writeFileSync(target(), 'edited');
    const server = await started((request, response) => sendFile(CONTENT, request, response));
    expect(await from(`${server.url}/a`)).toBe('fetched');
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
  });
});

describe('a download that breaks off', () => {
  it('goes on where a reply broke off', async () => {
    let first = true;
    const server = await started((request, response) => {
      if (!first) return sendFile(CONTENT, request, response);
      first = false;
      response.writeHead(200, { 'content-length': CONTENT.length });
      breakOff(response, CONTENT.subarray(0, 40_000));
    });
    expect(await from(`${server.url}/a`)).toBe('fetched');
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
    expect(server.seen.map(({ range }) => range)).toEqual([null, 'bytes=40000-']);
  });

  it('goes on with what an earlier process left, also where that was all of it', async () => {
    const server = await started((request, response) => sendFile(CONTENT, request, response));
    for (const length of [7, CONTENT.length]) {
      rmSync(target(), { force: true });
      writeFileSync(`${target()}.part`, CONTENT.subarray(0, length));
      expect(await from(`${server.url}/a`)).toBe('fetched');
      expect(readFileSync(target()).equals(CONTENT)).toBe(true);
    }
    expect(server.seen.map(({ range }) => range)).toEqual(['bytes=7-', 'bytes=100000-']);
  });

  it('begins anew with a host that knows no ranges, and behind the beginning of another file', async () => {
    const plain = await started((_, response) => response.end(CONTENT));
    writeFileSync(`${target()}.part`, 'begun');
    expect(await from(`${plain.url}/a`)).toBe('fetched');
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);

    rmSync(target());
    writeFileSync(`${target()}.part`, 'of another version');
    const server = await started((request, response) => sendFile(CONTENT, request, response));
    expect(await from(`${server.url}/a`)).toBe('fetched');
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
    expect(server.seen.map(({ range }) => range)).toEqual(['bytes=18-', null]);
  });
});

describe('what is refused', () => {
  it('keeps nothing of a file with a wrong sum, and tells both sums', async () => {
    const server = await started((_, response) => response.end('<html>Please log in</html>'));
    const found = createHash('sha256').update('<html>Please log in</html>').digest('hex');
    await expect(from(`${server.url}/a`)).rejects.toThrow(
      new RegExp(`expected ${SUM.hex}\\s+found +${found}`),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells of a missing file at once, with what to do', async () => {
    const server = await started((_, response) => response.writeHead(404).end());
    await expect(from(`${server.url}/a`)).rejects.toThrow(/has no such file\. HINT/);
    expect(server.seen).toHaveLength(1);
  });

  it('tries a failing host again, and says what it kept when it gives up', async () => {
    const server = await started((_, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      breakOff(response, CONTENT.subarray(0, 10));
    });
    await expect(from(`${server.url}/a`)).rejects.toThrow(/\d+ bytes are kept; .* HINT/);
    expect(server.seen).toHaveLength(4);
    expect(existsSync(target())).toBe(false);
    expect(existsSync(`${target()}.part`)).toBe(true);
  });

  it('checks what git names by its own hash', async () => {
    const server = await started((_, response) => response.end('hello\n'));
    // `printf 'hello\n' | git hash-object --stdin`
    const sum = { algorithm: 'git-blob', hex: 'ce013625030ba8dba906f756967f9e9ca394464a' } as const;
    expect(await from(`${server.url}/a`, sum)).toBe('fetched');
    await expect(from(`${server.url}/a`, SUM)).rejects.toThrow(/is not the file that was meant/);
  });
});

describe('the token', () => {
  it('is given to the host and not to another one that it redirects to', async () => {
    const store = await started((request, response) => sendFile(CONTENT, request, response));
    const hub = await started((request, response) => {
      const to = request.url === '/a' ? '/b' : `${store.url}/blob`;
      response.writeHead(302, { location: to }).end();
    });
    await download(client, {
      url: `${hub.url}/a`,
      ...{ target: target(), sum: SUM, token: 'hf_secret', hint: '' },
    });
    expect(hub.seen.map(({ authorization }) => authorization)).toEqual([
      'Bearer hf_secret',
      'Bearer hf_secret',
    ]);
    expect(store.seen).toEqual([{ url: '/blob', range: null, authorization: null }]);
  });
});

describe('proxies', () => {
  it('are used as the environment says, but for the hosts that it names', async () => {
    const proxy = await started((request, response) => sendFile(CONTENT, request, response));
    const environment = { http_proxy: proxy.url, no_proxy: 'direct.invalid' };
    const proxied = createWebClient(environment);
    try {
      const url = 'http://far.invalid/file';
      await download(proxied, { url, target: target(), sum: SUM, hint: '' });
      expect(proxy.seen.map(({ url: asked }) => asked)).toEqual([url]);
      await expect(proxied.get('http://direct.invalid/file')).rejects.toThrow();
      expect(proxy.seen).toHaveLength(1);
    } finally {
      await proxied.close();
    }
  });

  it('must be addresses that can be used', () => {
    expect(() => createWebClient({ HTTPS_PROXY: 'socks5://127.0.0.1:1' })).toThrow(
      /HTTPS_PROXY is no proxy that can be used here/,
    );
  });
});

describe('copyInto', () => {
  it('refuses a file at hand with a wrong sum and leaves nothing', async () => {
    writeFileSync(join(folder, 'source'), 'other');
    await expect(copyInto(join(folder, 'source'), target(), SUM)).rejects.toThrow(
      /expected .*\n.*found/,
    );
    expect(readdirSync(folder)).toEqual(['source']);
  });
});
