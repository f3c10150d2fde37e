import { afterOf, beforeOf } from "../patterns.ts";
import type { Surroundings } from "./tongue.ts";

/** The text before and after a match. */
export const around = (match: RegExpExecArray): Surroundings => ({
  before: beforeOf(match.input, match.index),
  after: afterOf(match.input, match.index + match[0].length),
});
