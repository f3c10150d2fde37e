import { hash } from "../../../text/hash.ts";

/**
 * Matches the pieces of a text that are split into tokens separately: runs of hanzi, words with the space before them,
 * runs of line breaks or of blanks, and every other character, such as a digit, by itself.
 */
const pieces = /\p{Script=Han}+| ?(?!\p{Script=Han})\p{L}(?:(?!\p{Script=Han})[\p{L}\p{M}'])*|\n+|[ \t]+(?! )|./gsu;

/**
 * Splits a text into tokens, about as many as Qwen2.5's tokenizer makes: one per 1.6 hanzi, per 0.75 English words, and
 * per digit or punctuation mark. Joining the tokens yields the text again.
 */
export function tokenize(text: string): string[] {
  return (text.match(pieces) ?? []).flatMap((piece) =>
    /^\p{Script=Han}/u.test(piece) ? cut([...piece], hanziLengths) : cut([...piece], wordLengths),
  );
}

/** The lengths of the 5 tokens into which 8 hanzi are split. */
const hanziLengths = [2, 1, 2, 1, 2];
const wordLengths = [8];

function cut(letters: readonly string[], lengths: readonly number[]): string[] {
  const tokens: string[] = [];
  for (let start = 0; start < letters.length; ) {
    const length = lengths[tokens.length % lengths.length] as number;
    tokens.push(letters.slice(start, start + length).join(""));
    start += length;
  }
  return tokens;
}

/** An id for a token, always the same for the same token, in the range of Qwen2.5's token ids. */
export function tokenId(token: string): number {
  return hash(token) % 151_643;
}
