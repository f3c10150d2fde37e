import { secondsPerWeight, spanWeight } from "../../infra/text/weight.ts";

// A voice pauses before and after it speaks; for the shortest texts these pauses outlast the words.
const leastSeconds = 5;

/** Estimates how long a text takes to speak, in seconds. */
export function secondsOfSpeech(text: string): number {
  return Math.max(leastSeconds, spanWeight(text) * secondsPerWeight);
}
