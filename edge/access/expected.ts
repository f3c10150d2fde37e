import { secondsPerWeight, spanWeight } from "../../infra/text/weight.ts";

/** How long an answer is nobody knows before it is written: most that are to be heard are about as long, in seconds. */
export const answerSeconds = 10;
// A pause of a voice before and after what it says is longer than the shortest texts.
const leastSeconds = 5;

/** How long a text is about heard, in seconds. */
export function secondsOfSpeech(text: string): number {
  return Math.max(leastSeconds, spanWeight(text) * secondsPerWeight);
}
