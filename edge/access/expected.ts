import { secondsPerWeight, spanWeight } from "../../infra/text/weight.ts";

// The lowest estimate of an answer's length, in seconds: a voice pauses before and after it speaks, and for very short
// texts the pauses are longer than the words.
const leastSeconds = 5;

/** Estimates how long a text takes to speak, in seconds. */
export function secondsOfSpeech(text: string): number {
  return Math.max(leastSeconds, spanWeight(text) * secondsPerWeight);
}
