/** A count with its noun as a reader says it: "1 question", "1,204 questions". `many`: an irregular plural. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
