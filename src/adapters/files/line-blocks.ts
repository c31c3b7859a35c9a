import { isUtf8 } from 'node:buffer';
import { InputError } from '../../domain/errors.ts';

/** Consecutive whole lines of a text file, their line feeds taken off; a carriage return stays. */
export interface LineBlock {
  /** 1-based line number of `lines[0]`. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes a stream of bytes into blocks of whole lines. Strict UTF-8, because a replaced byte would
 * change a question unseen; a byte order mark at the start is skipped. Holds one chunk and the line
 * it cuts. Throws InputError naming the line of the first invalid byte.
 */
export async function* lineBlocks(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<LineBlock> {
  let firstLine = 1;
  let cut: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end === -1) {
      cut.push(chunk);
      continue;
    }
    const block = decodeLines(file, firstLine, Buffer.concat([...cut, chunk.subarray(0, end)]));
    yield block;
    firstLine += block.lines.length;
    cut = [chunk.subarray(end + 1)];
  }
  const rest = Buffer.concat(cut);
  if (rest.length > 0) yield decodeLines(file, firstLine, rest);
}

function decodeLines(file: string, firstLine: number, bytes: Buffer): LineBlock {
  if (!isUtf8(bytes)) throw invalidUtf8(file, firstLine, bytes);
  const text = bytes.toString('utf8');
  const start = firstLine === 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  return { firstLine, lines: text.slice(start).split('\n') };
}

/** A line feed is never part of a longer UTF-8 sequence, so the lines can be checked one by one. */
function invalidUtf8(file: string, firstLine: number, bytes: Buffer): InputError {
  let line = firstLine;
  let start = 0;
  for (
    let end = bytes.indexOf(LINE_FEED);
    end !== -1 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(LINE_FEED, start)
  ) {
    line += 1;
    start = end + 1;
  }
  return new InputError([
    { file, line, message: 'the line is not valid UTF-8; save the file as UTF-8' },
  ]);
}
