/** Names that vega looks up on plain objects, where every one of these is found. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));
/** Nothing to see, and enough to make it another name. */
const ZERO_WIDTH_SPACE = '\u200b';

/** A chart's specification in which no text is the name of what every object has: a culture may be called `constructor`. */
export function withoutInheritedNames<Part>(part: Part): Part {
  return JSON.parse(JSON.stringify(part), (_key, value: unknown) =>
    typeof value === 'string' && INHERITED.has(value) ? `${value}${ZERO_WIDTH_SPACE}` : value,
  );
}
