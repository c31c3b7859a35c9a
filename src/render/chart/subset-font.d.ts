declare module 'subset-font' {
  /** A font with the glyphs of a text only. */
  function subsetFont(
    font: Uint8Array,
    text: string,
    options: { readonly targetFormat: 'woff2' | 'truetype' },
  ): Promise<Uint8Array>;
  export = subsetFont;
}
