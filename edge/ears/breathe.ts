import { setImmediate } from "node:timers/promises";

/** Lets everything else that waits go on: a recording of a minute is not worked through in one go. */
export function breathe(): Promise<void> {
  return setImmediate();
}
