/** A file of multipart/form-data with the form's other fields; null for anything else. */
export function readForm(
  contentType: string,
  raw: Buffer,
): {
  readonly fields: ReadonlyMap<string, string>;
  readonly name: string;
  readonly content: Buffer;
} | null {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const fields = new Map<string, string>();
  let file: { readonly name: string; readonly content: Buffer } | null = null;
  for (const part of partsOf(raw, Buffer.from(`--${boundary}`))) {
    const split = part.indexOf('\r\n\r\n');
    if (split < 0) continue;
    const head = part.subarray(0, split).toString('utf8');
    const content = part.subarray(split + 4);
    const name = /\bname="([^"]*)"/.exec(head)?.[1] ?? '';
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    if (filename === undefined) fields.set(name, content.toString('utf8'));
    else file = { name: filename, content };
  }
  return file === null ? null : { fields, ...file };
}

/** What lies between delimiters, without the line ends that belong to them. */
function partsOf(raw: Buffer, delimiter: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = raw.indexOf(delimiter);
  while (from >= 0) {
    const next = raw.indexOf(delimiter, from + delimiter.length);
    if (next < 0) break;
    parts.push(raw.subarray(from + delimiter.length + 2, next - 2));
    from = next;
  }
  return parts;
}
