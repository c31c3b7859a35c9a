/** What a batch file that was written comes to. */
export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** A file that grows line by line. */
export interface LineWriter {
  add(line: string): Promise<void>;
  /** Puts it under its name and on the disk. */
  end(): Promise<WrittenFile>;
  /** Takes it away. */
  drop(): Promise<void>;
}

/** Where batch files lie: beside the store, for as long as they are needed. */
export interface BatchFolder {
  path(name: string): string;
  write(name: string): LineWriter;
  /** SHA-256 of a file as 64 hex digits; null where there is none. */
  sha256(name: string): Promise<string | null>;
  /**
   * Lines of a file, without a byte order mark and blank ones. `cut`: the last one has no end, or is
   * none of the JSON that it begins.
   */
  lines(name: string): AsyncIterable<{ readonly text: string; readonly cut: boolean }>;
  remove(name: string): Promise<void>;
}
