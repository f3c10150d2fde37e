/** Text that a pattern finds as it stands. */
export const literal = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&");

/** A pattern for one of several words, the longest first. One that ends with a letter ends where no other of `letters` follows. */
export function anyOf(words: Iterable<string>, letters = "\\p{L}"): string {
  const all = [...words].sort((a, b) => b.length - a.length);
  const either = (some: readonly string[]): string => `(?:${some.map(literal).join("|")})`;
  // "Mio." and "m²" come before "m", which would end where they go on.
  const endsInLetter = (word: string): boolean => /[\p{L}\d]$/u.test(word);
  const longer = all.filter((word) => !endsInLetter(word) && /^\p{L}/u.test(word));
  const plain = all.filter(endsInLetter);
  const signs = all.filter((word) => !endsInLetter(word) && !/^\p{L}/u.test(word));
  const groups = [either(longer), `${either(plain)}(?![${letters}\\d])`, either(signs)];
  return groups.filter((group) => !group.startsWith("(?:)")).join("|");
}

/** Words that may begin with a capital, as a pattern. */
export const inEitherCase = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0).toLowerCase()}]${literal(word.slice(1))}`)
    .join("|");

/** What stands before the number of an item, after which a pause is heard; elsewhere it only names one. */
export const beginsItem = /(?:^|[\n.!?;:。！？；：])\s*$/;

/** Whether a quotation is open at `index`. A mark close after a number means inches there, and opens none. */
export const isInQuotes = (text: string, index: number): boolean =>
  /(?<!\d)["“„]/.test(text.slice(Math.max(0, index - 200), index).replace(/(?<!\d)["“„][^"“”]*["”]/g, ""));

/** What stands before `index`, as much as cues need. */
export const beforeOf = (text: string, index: number): string => text.slice(Math.max(0, index - 40), index);
/** What stands from `index`. */
export const afterOf = (text: string, index: number): string => text.slice(index, index + 40);
