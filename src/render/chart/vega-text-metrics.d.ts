import 'vega';

declare module 'vega' {
  /** How vega measures text; exported by its scene graph and missing from its types. */
  export const textMetrics: {
    width(item: TextMark, text: unknown): number;
  };

  /** The parts of a text mark that decide its width. */
  export interface TextMark {
    readonly fontSize?: number;
    readonly fontWeight?: string | number;
    readonly limit?: number;
  }

  /** Begins the numbers of clip paths and gradients anew; missing from its types as well. */
  export function resetSVGDefIds(): void;
}
