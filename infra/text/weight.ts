/**
 * The weight of each kind of character; the first match applies. Characters without a match are not heard and weigh
 * nothing.
 */
const weights: readonly (readonly [RegExp, number])[] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, 1],
  [/\p{N}/u, 1],
  // An English syllable has about three letters.
  [/\p{L}/u, 0.33],
  [/[.!?…。！？\n]/u, 1.5],
  [/[,;:，、；：—]/u, 0.8],
];

/**
 * How long a text takes to say, relative to other texts of the same voice: roughly its number of syllables, with pauses
 * counted as syllables. A word with a tenth of a text's weight takes a tenth of the text's time. The weight of two
 * texts together is the sum of their weights.
 */
export function spokenWeight(text: string): number {
  let sum = 0;
  for (const character of text) sum += weights.find(([pattern]) => pattern.test(character))?.[1] ?? 0;
  return sum;
}

/** The weight of a piece of spoken text as it is transmitted: an integer, about 10 for each syllable. */
export function spanWeight(spoken: string): number {
  return Math.round(10 * spokenWeight(spoken));
}

/**
 * The duration of speech in seconds per unit of `spanWeight`, assumed until the voice's own pace is known. It
 * corresponds to 4 to 5 syllables a second.
 */
export const secondsPerWeight = 0.022;
