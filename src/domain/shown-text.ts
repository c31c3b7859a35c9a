/**
 * Characters that reorder what stands around them (bidirectional embeddings, overrides, isolates),
 * end a line for some readers, steer a terminal, or cannot be in HTML.
 */
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

/** Shows such characters by their code point: what a reader sees is what is there. */
export function showControls(text: string): string {
  return text.replace(CONTROLS, codePoint);
}

/** What a CI takes for its own command: GitHub at the start of a line, older and other ones anywhere in it. */
const LINE_COMMAND = /^([^\S\n]*):(?=:)/gm;
const INLINE_COMMAND = /##(?=\w*\[)/g;

/**
 * Text of servers, files and people as a terminal or a log may have it: control characters are shown,
 * line ends are `\n` alone, and nothing in it is a command to the CI that reads along. Everything the
 * program prints goes through here.
 */
export function forTerminal(text: string): string {
  return showControls(text.replaceAll('\r\n', '\n'))
    .replace(/\r/g, codePoint)
    .replace(LINE_COMMAND, '$1: ')
    .replace(INLINE_COMMAND, '# #');
}

/** JSON that says the same and holds nothing a terminal or a CI would act on. */
export function jsonForTerminal(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(CONTROLS, escaped).replaceAll('##', '#\\u0023');
}

/** A message as one paragraph below its first line: nothing in it can pass for a line of ours. */
export function indented(text: string): string {
  return text.trimEnd().replace(/\r\n?|\n/g, '\n  ');
}

function codePoint(character: string): string {
  return `[U+${hex(character).toUpperCase()}]`;
}

function escaped(character: string): string {
  return `\\u${hex(character)}`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
