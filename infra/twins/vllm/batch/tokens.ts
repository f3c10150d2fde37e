import { hash } from "../../../text/hash.ts";

/** Runs of hanzi; words with the space before them; digits and everything else one by one. */
const pieces = /\p{Script=Han}+| ?(?!\p{Script=Han})\p{L}(?:(?!\p{Script=Han})[\p{L}\p{M}'])*|\n+|[ \t]+(?! )|./gsu;

/**
 * Splits text into tokens that join back to it, about as many as Qwen2.5's tokenizer makes: 1.6 hanzi or 0.75 English
 * words each, and one for every digit and punctuation mark.
 */
export function tokenize(text: string): string[] {
  return (text.match(pieces) ?? []).flatMap((piece) =>
    /^\p{Script=Han}/u.test(piece) ? cut([...piece], hanziLengths) : cut([...piece], wordLengths),
  );
}

/** Splits 8 hanzi into 5 tokens. */
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

/** The id of a token in a vocabulary of the size of Qwen2.5's. */
export function tokenId(token: string): number {
  return hash(token) % 151_643;
}
