import { expect, test } from 'vitest';
import { distinctServed } from '../../src/series/names/served.ts';

const served = (servedModel: string | null, systemFingerprint: string | null = null) => ({
  servedModel,
  systemFingerprint,
});

test('a model and a fingerprint are told once, in the order they came', () => {
  const all = [served('gpt-4o', 'fp_1'), served('gpt-4o', 'fp_2'), served('gpt-4o', 'fp_1')];
  expect(distinctServed(all)).toEqual([served('gpt-4o', 'fp_1'), served('gpt-4o', 'fp_2')]);
});

test('a reply that leaves something out, as a filtered one does, names nothing else', () => {
  const whole = served('gpt-4o', 'fp_1');
  expect(distinctServed([served('gpt-4o'), whole, served(null, 'fp_1'), served(null)])).toEqual([
    whole,
  ]);
  expect(distinctServed([served('gpt-4o'), served('gpt-4o')])).toEqual([served('gpt-4o')]);
});

test('a reply without a fingerprint of another model is another model', () => {
  const both = [served('gpt-4o', 'fp_1'), served('gpt-4o-mini')];
  expect(distinctServed(both)).toEqual(both);
});
