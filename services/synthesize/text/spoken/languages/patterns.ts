/** Escapes text for literal use in a pattern. */
export const literal = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&");

/**
 * A pattern for any of several words, longest first. A word that ends in a letter must not be followed by a digit or by
 * one of `letters`.
 */
export function anyOf(words: Iterable<string>, letters = "\\p{L}"): string {
  const all = [...words].sort((a, b) => b.length - a.length);
  const either = (some: readonly string[]): string => `(?:${some.map(literal).join("|")})`;
  // "Mio." and "m²" come before "m", which would otherwise match their beginning.
  const endsInLetter = (word: string): boolean => /[\p{L}\d]$/u.test(word);
  const longer = all.filter((word) => !endsInLetter(word) && /^\p{L}/u.test(word));
  const plain = all.filter(endsInLetter);
  const signs = all.filter((word) => !endsInLetter(word) && !/^\p{L}/u.test(word));
  const groups = [either(longer), `${either(plain)}(?![${letters}\\d])`, either(signs)];
  return groups.filter((group) => !group.startsWith("(?:)")).join("|");
}

/** Returns the source of a regular expression for any of the words, each with a small or capital first letter. */
export const inEitherCase = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0).toLowerCase()}]${literal(word.slice(1))}`)
    .join("|");

/**
 * Matches the text before a number such as ① if the number begins a list item, so that a pause follows the number.
 * Elsewhere such a number is part of a name.
 */
export const beginsItem = /(?:^|[\n.!?;:。！？；：])\s*$/;

/** Whether a quotation is open at `index`. A quotation mark right after a number means inches and is not counted. */
export const isInQuotes = (text: string, index: number): boolean =>
  /(?<!\d)["“„]/.test(text.slice(Math.max(0, index - 200), index).replace(/(?<!\d)["“„][^"“”]*["”]/g, ""));

/** The 40 characters before `index`, in which rules look for words that show the meaning of a number or sign. */
export const beforeOf = (text: string, index: number): string => text.slice(Math.max(0, index - 40), index);
/** The 40 characters from `index` on, in which rules look for words that show the meaning of a number or sign. */
export const afterOf = (text: string, index: number): string => text.slice(index, index + 40);
