/**
 * Speaking rates, in characters per second: Mandarin 4.5 hanzi, English 15 letters. The TTS engine Fish-Speech
 * considers 2.5 to 7 hanzi and 8 to 25 letters per second normal, so the true duration is within a factor of two of the
 * estimate.
 */
const hanziPerSecond = 4.5;
const lettersPerSecond = 15;
/** How many digits that were not converted to words are spoken per second: each digit takes as long as a word. */
const digitsPerSecond = 3.5;

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const digit = /\p{Nd}/gu;
const letter = /\p{L}/gu;

/** The estimated duration of a spoken text, in seconds; 0 if it has no letters or digits. */
export function estimateSeconds(spoken: string): number {
  const hanzi = count(spoken, han);
  const digits = count(spoken, digit);
  const letters = count(spoken, letter) - hanzi;
  return hanzi / hanziPerSecond + digits / digitsPerSecond + letters / lettersPerSecond;
}

/**
 * The longest plausible duration of a spoken text, in seconds; `speed` is relative to normal speech (1). An engine is
 * told to stop after that time, since anything longer is runaway speech.
 */
export function longestSeconds(spoken: string, speed: number): number {
  return (estimateSeconds(spoken) / speed) * 1.8 + 1;
}

function count(text: string, pattern: RegExp): number {
  let n = 0;
  for (const _ of text.matchAll(pattern)) n++;
  return n;
}
