/** More says nothing new about the language, and keeps a megabyte from taking long. */
const LONGEST = 8000;

/** What stands in an answer without being the language it is written in: code, addresses, markup. */
const FOREIGN_MATTER = [
  /```[\s\S]*?(?:```|$)/g,
  /`[^`\n]{1,200}`/g,
  /\bhttps?:\/\/\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+/gi,
  /<\/?[a-z][^<>\n]{0,200}>/gi,
  // Quoted terms, titles and glosses; a longer passage is text.
  /"[^"\n]{1,80}"|“[^”\n]{1,80}”|«[^»\n]{1,80}»|「[^」\n]{1,80}」|『[^』\n]{1,80}』/g,
  /《[^》\n]{1,80}》|〈[^〉\n]{1,80}〉|\([^()\n]{1,80}\)|（[^（）\n]{1,80}）|\[[^[\]\n]{1,80}\]/g,
];

/** An answer without what says nothing about its language: code, addresses, quoted terms, glosses. */
export function runningText(answer: string): string {
  return FOREIGN_MATTER.reduce(
    (text, matter) => text.replace(matter, ' '),
    answer.slice(0, LONGEST).normalize('NFC'),
  );
}
