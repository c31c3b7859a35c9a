import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs a module script in a Node of its own and tells which of the packages it loaded. */
function loadedPackages(script: string): string[] {
  const watch = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (['openai', 'undici', '@azure/identity'].includes(name)) seen.add(name);
      return next(url, context);
    } });
    const { createChatModel } = await import('./src/adapters/openai/chat-model.ts');
    const { endpointSchema } = await import('./src/domain/endpoint.ts');
    ${script}
    process.stdout.write(JSON.stringify([...seen].sort()));`;
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', watch], {
    encoding: 'utf8',
  });
  const names: unknown = JSON.parse(text);
  return Array.isArray(names) ? names.map(String) : [];
}

test('importing the adapter loads none of its packages', () => {
  expect(loadedPackages('')).toEqual([]);
});

test('a server of the plain protocol needs no more than undici', () => {
  const script = `await createChatModel(endpointSchema.parse({
    kind: 'vllm', baseUrl: 'http://127.0.0.1:1/v1' }));`;
  expect(loadedPackages(script)).toEqual(['undici']);
});

test('Azure with a key loads the openai client and not the identity library', () => {
  const script = `await createChatModel(endpointSchema.parse({
    kind: 'azure', endpoint: 'https://x.openai.azure.com', auth: { apiKey: 'k' } }));`;
  expect(loadedPackages(script)).toEqual(['openai', 'undici']);
});
