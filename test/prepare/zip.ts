import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

const methods = {
  stored: { code: 0, pack: (bytes: Buffer) => bytes },
  deflate: { code: 8, pack: (bytes: Buffer) => deflateRawSync(bytes) },
  zstd: { code: 93, pack: (bytes: Buffer) => zstdCompressSync(bytes) },
} as const;

/** A ZIP file (APPNOTE 6.3.10: local headers 4.3.7, central directory 4.3.12, its end 4.3.16). */
export function zipOf(
  files: readonly { readonly name: string; readonly text: string }[],
  method: keyof typeof methods,
): Buffer {
  const { code, pack } = methods[method];
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of files) {
    const bytes = Buffer.from(text);
    const packed = pack(bytes);
    const common = numbers([
      ...([20, 0, code, 0, 0] as const).map((value) => [value, 2] as const),
      [crc32(bytes), 4],
      [packed.length, 4],
      [bytes.length, 4],
      [name.length, 2],
      [0, 2],
    ]);
    const local = Buffer.concat([numbers([[0x04034b50, 4]]), common, Buffer.from(name), packed]);
    const rest = numbers([
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    ]);
    const start = numbers([
      [0x02014b50, 4],
      [20, 2],
    ]);
    centrals.push(Buffer.concat([start, common, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = numbers([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  ]);
  return Buffer.concat([...locals, directory, end]);
}

/** Little-endian numbers with their lengths in bytes. */
function numbers(values: readonly (readonly [value: number, length: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, length]) => {
      const bytes = Buffer.alloc(length);
      bytes.writeUIntLE(value, 0, length);
      return bytes;
    }),
  );
}
