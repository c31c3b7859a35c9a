import { createZstdDecompress } from 'node:zlib';

/**
 * Decompresses a stream of Zstandard frames. Node's decoder ends silently with the first frame and
 * drops the rest, but concatenated files, pzstd and seekable files have many: each gets a decoder of
 * its own, from the byte where the one before stopped.
 */
export async function* zstdFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = source[Symbol.asyncIterator]();
  try {
    let rest: Uint8Array | null = await nextChunk(input);
    while (rest !== null) {
      const decoder = createZstdDecompress();
      const feeding = feed(decoder, rest, input);
      try {
        yield* decoder;
      } finally {
        decoder.destroy();
      }
      rest = await feeding;
    }
  } finally {
    await input.return?.();
  }
}

type Decoder = ReturnType<typeof createZstdDecompress>;
type Input = AsyncIterator<Uint8Array>;

async function nextChunk(input: Input): Promise<Uint8Array | null> {
  for (;;) {
    const { done, value } = await input.next();
    if (done) return null;
    if (value.length > 0) return value;
  }
}

/** Writes until the frame or the input ends; gives what was read beyond the frame, or null at the end. */
async function feed(decoder: Decoder, first: Uint8Array, input: Input): Promise<Uint8Array | null> {
  const closed = new Promise<true>((resolve) => decoder.once('close', () => resolve(true)));
  let written = 0;
  for (let chunk: Uint8Array | null = first; chunk !== null; chunk = await nextChunk(input)) {
    written += chunk.length;
    // At the end of a frame the decoder leaves the rest of a chunk unread, and may not call back for it.
    const isClosed = await Promise.race([closed, write(decoder, chunk)]);
    const left = written - decoder.bytesWritten;
    if (left > 0) return chunk.subarray(chunk.length - left);
    if (isClosed) return await nextChunk(input);
  }
  decoder.end();
  return null;
}

function write(decoder: Decoder, chunk: Uint8Array): Promise<false> {
  return new Promise((resolve) => decoder.write(chunk, () => resolve(false)));
}
