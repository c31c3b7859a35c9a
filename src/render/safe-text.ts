/** A sentence whose names are kept apart from its words, for renderers that must set them apart. */
export type Phrase = readonly Part[];
export type Part = string | { readonly name: string };

export function name(text: string): Part {
  return { name: text };
}

export function phrase(
  strings: TemplateStringsArray,
  ...insertions: readonly (Part | Phrase)[]
): Phrase {
  return strings.flatMap((text, index): Part[] => {
    const before = insertions[index - 1];
    if (before === undefined) return [text];
    return isPart(before) ? [before, text] : [...before, text];
  });
}

/** `A, B and C`; entries that hold commas themselves are kept apart by `;`. */
export function list(entries: readonly (Part | Phrase)[], separator: ',' | ';' = ','): Phrase {
  return entries.flatMap((entry, index): Part[] => {
    const parts = isPart(entry) ? [entry] : [...entry];
    if (index === 0) return parts;
    const last = index === entries.length - 1 && separator === ',';
    return [last ? ' and ' : `${separator} `, ...parts];
  });
}

/** As one plain text. */
export function plainText(sentence: Phrase): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

function isPart(entry: Part | Phrase): entry is Part {
  return typeof entry === 'string' || 'name' in entry;
}
