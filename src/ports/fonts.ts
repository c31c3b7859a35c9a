/** One weight of a font family, as a TrueType file. */
export interface FontFile {
  readonly family: string;
  readonly weight: 400 | 600;
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Matches the characters that this family is there for; null for the one that takes the rest. */
  readonly script: RegExp | null;
}

/** Finds the fonts that a text needs; those for rare scripts are large and are read only then. */
export type FontSource = (text: string) => Promise<readonly FontFile[]>;
