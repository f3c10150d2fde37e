import { setImmediate } from "node:timers/promises";

/** Lets other work run in between, so that processing a minute-long recording does not block the process. */
export function breathe(): Promise<void> {
  return setImmediate();
}
