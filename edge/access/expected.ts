import { secondsPerWeight, spanWeight } from "../../infra/text/weight.ts";

// A pause of a voice before and after what it says is longer than the shortest texts.
const leastSeconds = 5;

/** How long a text is about heard, in seconds. */
export function secondsOfSpeech(text: string): number {
  return Math.max(leastSeconds, spanWeight(text) * secondsPerWeight);
}
