/** `## Response: text`, `**Response:** text` or `Assistant's response: text`: a label before the text. */
const LABEL =
  /^\s*(?:#{1,6}\s+[^:：\n]{1,60}|\*\*[^*:：\n]{1,60}(?:\*\*)?|[\p{L}'’ ]{0,30}(?:answer|response|reply|output)[^:：\n]{0,20})[:：](?:\*\*)?[^\S\n]*/iu;
/** A line that only frames: no words, a rule with a few words, a heading, a tag, a bracketed label. */
const FRAME_LINE =
  /^(?:[^\p{L}\p{N}]*|\s*["'`=*_~<>#-]{3,}[^.。!?]{1,40}|\s*#{1,6}\s[^:：]*|\s*<\/?[\w-]+(?:\s[^>]*)?>\s*|\s*\[[^\][]+\]\s*)$/u;

/**
 * The text inside the headings, labels and delimiter lines that a template puts around it. What
 * stands after the delimiter that closes the text is cut off with it.
 */
export function unframe(framed: string): string {
  let lines = framed.split('\n');
  const openers: string[] = [];
  while (lines[0] !== undefined && isFrame(lines[0])) {
    const line = lines.shift()?.trim();
    if (line) openers.push(line);
  }
  const closing = lines.findLastIndex((line) => closes(line.trim(), openers));
  if (closing >= 0) lines = lines.slice(0, closing);
  const label = LABEL.exec(lines[0] ?? '')?.[0] ?? '';
  lines[0] = lines[0]?.slice(label.length) ?? '';
  while (isFrame(lines.at(-1) ?? 'end')) lines.pop();
  return lines.join('\n').trim();
}

/** Labels with nothing after them count. */
function isFrame(line: string): boolean {
  return FRAME_LINE.test(line) || LABEL.exec(line)?.[0].trim() === line.trim();
}

/** `</x>` closes `<x>`, an END line closes a BEGIN or START line, a fence closes the same before it. */
function closes(line: string, openers: readonly string[]): boolean {
  if (/^["'`=*_~<>#-]{3,}$/u.test(line)) return line === openers.at(-1);
  if (!FRAME_LINE.test(line)) return false;
  const ends = /\bend\b/iu.test(line);
  return openers.some(
    (opener) =>
      line === `</${/^<([\w-]+)/u.exec(opener)?.[1]}>` ||
      (ends && /\b(?:begin|start)\b/iu.test(opener)),
  );
}
