import { isUtf8 } from 'node:buffer';
import { InputError } from '../../../domain/errors.ts';

/** Consecutive whole lines of a text file, without the characters that end them, but a CR before LF stays. */
export interface LineBlock {
  /** 1-based line number of `lines[0]`. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes a stream of bytes into blocks of whole lines. Lines end with LF or CRLF; or with CR, as
 * spreadsheets on a Mac write them, if the first line does, a line end inside double quotes not
 * counting. Strict UTF-8, because a replaced byte would change a question unseen; a byte order mark
 * at the start is skipped. Holds one chunk and the line it cuts. Throws InputError naming the line of
 * the first invalid byte.
 */
export async function* lineBlocks(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<LineBlock> {
  let firstLine = 1;
  let cut: Uint8Array[] = [];
  let lineEnd: number | null = null;
  const detector = createLineEndDetector();
  for await (const chunk of chunks) {
    lineEnd ??= detector.read(chunk);
    const end = chunk.lastIndexOf(lineEnd ?? LINE_FEED);
    if (end === -1 || lineEnd === null) {
      cut.push(chunk);
      continue;
    }
    const bytes = Buffer.concat([...cut, chunk.subarray(0, end)]);
    const block = decodeLines(file, { firstLine, bytes, lineEnd });
    yield block;
    firstLine += block.lines.length;
    cut = [chunk.subarray(end + 1)];
  }
  const bytes = Buffer.concat(cut);
  if (bytes.length > 0)
    yield decodeLines(file, { firstLine, bytes, lineEnd: lineEnd ?? detector.guess() });
}

/** Where no line ends within so many bytes, quotes may not be paired: then they do not count. */
const MOST_DETECTED = 65_536;

/** Finds the byte that ends the first line. */
function createLineEndDetector() {
  let quoted = false;
  let afterReturn = false;
  let length = 0;
  const seen = new Set<number>();
  const guess = () =>
    seen.has(LINE_FEED) || !seen.has(CARRIAGE_RETURN) ? LINE_FEED : CARRIAGE_RETURN;
  function step(byte: number): number | null {
    if (afterReturn) return byte === LINE_FEED ? LINE_FEED : CARRIAGE_RETURN;
    if (byte === QUOTE) quoted = !quoted;
    return byte === LINE_FEED || byte === CARRIAGE_RETURN ? lineEnd(byte) : null;
  }
  function lineEnd(byte: number): number | null {
    seen.add(byte);
    if (quoted) return null;
    afterReturn = byte === CARRIAGE_RETURN;
    return afterReturn ? null : byte;
  }
  return {
    /** Takes the next bytes; null while the first line goes on. */
    read(chunk: Uint8Array): number | null {
      for (const byte of chunk.subarray(0, MOST_DETECTED - length)) {
        const found = step(byte);
        if (found !== null) return found;
      }
      length += chunk.length;
      return length < MOST_DETECTED ? null : guess();
    },
    /** For a text that ended before. */
    guess,
  };
}

interface Lines {
  readonly firstLine: number;
  readonly bytes: Buffer;
  readonly lineEnd: number;
}

function decodeLines(file: string, { firstLine, bytes, lineEnd }: Lines): LineBlock {
  if (!isUtf8(bytes)) throw invalidUtf8(file, { firstLine, bytes, lineEnd });
  const text = bytes.toString('utf8');
  const start = firstLine === 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  return { firstLine, lines: text.slice(start).split(String.fromCharCode(lineEnd)) };
}

/** A line end is never part of a longer UTF-8 sequence, so the lines can be checked one by one. */
function invalidUtf8(file: string, { firstLine, bytes, lineEnd }: Lines): InputError {
  let line = firstLine;
  let start = 0;
  for (
    let end = bytes.indexOf(lineEnd);
    end !== -1 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(lineEnd, start)
  ) {
    line += 1;
    start = end + 1;
  }
  return new InputError([
    { file, line, message: 'the line is not valid UTF-8; save the file as UTF-8' },
  ]);
}
