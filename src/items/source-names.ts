/**
 * A short name for each of several files: as much of the end of its path, without the file's ending,
 * as sets it apart from the others; a file that is there twice gets its number.
 */
export function sourceNames(files: readonly string[]): readonly string[] {
  const paths = files.map((file) => file.replace(/(?<=[^/\\])\.[^/\\]*$/, '').split(/[/\\]/));
  const longest = Math.max(...paths.map((path) => path.length));
  for (let steps = 1; steps < longest; steps += 1) {
    const names = paths.map((path) => path.slice(-steps).join('/'));
    if (new Set(names).size === new Set(files).size) return numbered(names);
  }
  return numbered(paths.map((path) => path.join('/')));
}

function numbered(names: readonly string[]): readonly string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}#${before + 1}`;
  });
}
