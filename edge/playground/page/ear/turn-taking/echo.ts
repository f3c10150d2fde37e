/**
 * Distinguishes the assistant's own voice, as the microphone picks it up, from a person's voice. The assistant's exact
 * words are known, so a transcript that consists of these words, in the same order, is an echo.
 */

// The share of a transcript's words that an echo has in common with the played text. It is below 1 because recognizers
// mishear a word or two of what comes from a loudspeaker.
const leastShare = 0.7;

/** Whether a transcript is an echo of the text just played: most of its words occur in that text, in the same order. */
export function isEchoOf(said: string, played: string): boolean {
  const words = wordsOf(said);
  return words.length > 0 && commonInOrder(words, wordsOf(played)) >= leastShare * words.length;
}

/** The words of a text in lower case; in Chinese and Japanese, each character counts as a word. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}'’]+/gu) ?? []
  );
}

/** How many words two texts have in common, in the same order: the length of their longest common subsequence. */
function commonInOrder(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const word of one) {
    const next = [0];
    for (const [at, played] of other.entries())
      next.push(word === played ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}
