/** What each kind of character weighs, the first that fits; what fits none is not heard. */
const weights: readonly (readonly [RegExp, number])[] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, 1],
  [/\p{N}/u, 1],
  // An English syllable has about three letters.
  [/\p{L}/u, 0.33],
  [/[.!?…。！？\n]/u, 1.5],
  [/[,;:，、；：—]/u, 0.8],
];

/**
 * How long a text takes to say compared with other texts of its voice: about its syllables, pauses counted as syllables
 * too. The share of a part in a whole text's weight is the share of time at which it is heard. It adds up: the weight of
 * two texts one after the other is the sum of their weights.
 */
export function spokenWeight(text: string): number {
  let sum = 0;
  for (const character of text) sum += weights.find(([pattern]) => pattern.test(character))?.[1] ?? 0;
  return sum;
}

/** The weight of a piece of spoken text as it travels, a whole number: a syllable weighs 10. */
export function spanWeight(spoken: string): number {
  return Math.round(10 * spokenWeight(spoken));
}

/** How long a weight of 1, as `spanWeight` counts, is heard until a voice's own pace is known: 4 to 5 syllables a second. */
export const secondsPerWeight = 0.022;
