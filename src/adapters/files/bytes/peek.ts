/** The first bytes of a stream, at least `size` of them unless it ends before, and the whole stream. */
export interface Peeked {
  readonly head: Uint8Array;
  readonly whole: AsyncGenerator<Uint8Array>;
}

export async function peek(source: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const input = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < size) {
    const { done, value } = await input.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return { head: head.subarray(0, size), whole: joined(head, input) };
}

async function* joined(
  head: Uint8Array,
  input: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await input.next(); !next.done; next = await input.next()) yield next.value;
  } finally {
    await input.return?.();
  }
}
