import { numberOf } from "../../../process/options.ts";
import type { Random } from "../../../random/random.ts";

/** How often a text that is too short for the model comes out as noise (fish-speech#687, #612, #765). */
export interface Garble {
  /** Only texts shorter than this, in seconds of speech, can come out as noise. */
  belowSeconds: number;
  /** The probability, from 0 to 1, that a text shorter than `belowSeconds` comes out as noise. */
  probability: number;
}

/**
 * The default of a stand-in that runs as a process: it garbles 5 % of the texts that, according to reports, are short
 * enough to come out as noise with Fish-Speech itself.
 */
export const usualGarble: Garble = { belowSeconds: 0.9, probability: 0.05 };

/** Decides at random whether one attempt to speak a text that lasts `seconds` comes out as noise. */
export function isGarbled(seconds: number, { belowSeconds, probability }: Garble, random: Random): boolean {
  return seconds < belowSeconds && random() < probability;
}

/** A hiss of `length` samples in place of speech, at -26 dBFS: not loud, but not to be mistaken for speech. */
export function hiss(length: number, random: Random): Int16Array {
  return Int16Array.from({ length }, () => (random() - 0.5) * 5600);
}

/** Parses `SECONDS:PROBABILITY`, or `off` for no noise. Throws an Error that says what is allowed. */
export function readGarble(text: string): Garble {
  if (text === "off") return { belowSeconds: 0, probability: 0 };
  const [seconds, probability] = text.split(":");
  const garble = {
    belowSeconds: numberOf("garble", seconds) ?? 0,
    probability: numberOf("garble", probability ?? "") ?? 0,
  };
  if (garble.probability > 1) throw new Error(`--garble ${text}: the probability P in S:P must be at most 1`);
  return garble;
}
