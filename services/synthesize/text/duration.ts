/**
 * Speaking rates, in characters a second: Mandarin 4.5 hanzi, English 15 letters. Fish-Speech's sane range is 2.5 to 7 and
 * 8 to 25, so that the true duration lies within a factor of two of the estimate.
 */
const hanziPerSecond = 4.5;
const lettersPerSecond = 15;
/** A digit left unspelled is a word. */
const digitsPerSecond = 3.5;

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const digit = /\p{Nd}/gu;
const letter = /\p{L}/gu;

/** About how long a text takes to speak, in seconds; 0 for a text without letters or digits. */
export function estimateSeconds(spoken: string): number {
  const hanzi = count(spoken, han);
  const digits = count(spoken, digit);
  const letters = count(spoken, letter) - hanzi;
  return hanzi / hanziPerSecond + digits / digitsPerSecond + letters / lettersPerSecond;
}

/**
 * A reading of a text is at most this long, in seconds, by a voice that speaks so many times as fast as usual; an engine is told to stop there, for what
 * goes on is a run-away.
 */
export function longestSeconds(spoken: string, speed: number): number {
  return (estimateSeconds(spoken) / speed) * 1.8 + 1;
}

function count(text: string, pattern: RegExp): number {
  let n = 0;
  for (const _ of text.matchAll(pattern)) n++;
  return n;
}
