/** A grid of texts under headings, in groups; how it looks is the renderer's. */
export interface Grid {
  /** Columns from this one on hold figures and stand on the right. */
  readonly figuresFrom: number;
  readonly headings: readonly string[];
  readonly groups: readonly {
    readonly name: string | null;
    readonly rows: readonly (readonly string[])[];
  }[];
}
