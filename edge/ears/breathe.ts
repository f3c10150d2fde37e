import { setImmediate } from "node:timers/promises";

/** Lets other work run. A long recording is processed in steps, with a call of this function after each step. */
export function breathe(): Promise<void> {
  return setImmediate();
}
