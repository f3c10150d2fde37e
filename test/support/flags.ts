/**
 * Loaded before a program: tells its parent, when asked, what its V8 goes by: a number for its version and all of its
 * flags.
 */
import { cachedDataVersionTag } from "node:v8";
import type { Question } from "./processes.ts";

/** What is asked, and the answer. */
export interface FlagsQuestion extends Question {
  readonly type: "flags";
  readonly tag?: number;
}

process.on("message", ({ type }: Question) => {
  if (type === "flags") process.send?.({ type, tag: cachedDataVersionTag() } satisfies FlagsQuestion);
});
