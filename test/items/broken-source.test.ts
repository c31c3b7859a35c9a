import { expect, test } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { itemSelectionSchema } from '../../src/domain/item-selection.ts';
import { scanItems } from '../../src/items/select.ts';

const fields = (number: number) => ({
  ...{ question: `Question ${number}?`, reference: 'Answer.', culture: 'Arab' },
  ...{ language: 'ar', category: 'Opinion' },
});

/** A file whose third row cannot be read. */
function breakingWith(error: Error) {
  return async function* () {
    yield { line: 1, fields: fields(1) };
    yield { line: 2, fields: fields(2) };
    await Promise.reject(error);
  };
}
const scan = (error: Error) =>
  scanItems([{ file: 'a' }], itemSelectionSchema.parse({}), breakingWith(error));

test('a disk that fails in mid-file ends the reading: no shorter list comes of it', async () => {
  const failure = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  await expect(scan(failure)).rejects.toBe(failure);
});

test('a row that cannot be read is a problem with its line, however many came before', async () => {
  const { problems } = await scan(new InputError([{ file: 'a', line: 3, message: 'is not JSON' }]));
  expect(problems).toEqual([{ file: 'a', line: 3, message: 'is not JSON' }]);
});
