import { isAscii, isUtf8 } from 'node:buffer';
import { headerValue, type WireHeaders, type WireReply } from '../reply/exchange.ts';

/** Encodings in which text can be ASCII, or UTF-8, byte by byte and yet mean something else. */
const NOT_ON_ASCII = /^(?:utf-16|iso-2022)/;

/**
 * The text of a body. JSON is UTF-8 whatever a header says (RFC 8259, section 8.1), and so is what
 * can be read as such; only other bytes are read in the declared encoding, and what has none that is
 * known keeps its readable part.
 */
export function readText(
  bytes: Buffer,
  headers: WireHeaders,
): Pick<WireReply, 'bodyText' | 'encodingNote'> {
  const declared = declaredDecoder(headers);
  const isUnlikeAscii = declared !== null && NOT_ON_ASCII.test(declared.encoding);
  if (isUtf8(bytes) && !isUnlikeAscii) {
    const bodyText = new TextDecoder().decode(bytes);
    const disagrees = declared !== null && declared.encoding !== 'utf-8' && !isAscii(bytes);
    if (!disagrees) return { bodyText };
    const encodingNote = `the reply was declared as ${declared.encoding} but is UTF-8, and was read as that`;
    return { bodyText, encodingNote };
  }
  if (declared !== null && declared.encoding !== 'utf-8') {
    const encodingNote = `the reply came in ${declared.encoding} and was decoded from that`;
    return { bodyText: declared.decode(bytes), encodingNote };
  }
  return {
    bodyText: new TextDecoder().decode(bytes),
    encodingNote: 'the reply has bytes that are not UTF-8; they were replaced by U+FFFD',
  };
}

/** By the WHATWG's labels, after which ISO-8859-1 is windows-1252; null for none and unknown ones. */
function declaredDecoder(headers: WireHeaders): InstanceType<typeof TextDecoder> | null {
  const type = headerValue(headers, 'content-type') ?? '';
  const label = /;\s*charset="?([^\s;"]+)/i.exec(type)?.[1];
  if (label === undefined || /^utf-?8$/i.test(label)) return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
