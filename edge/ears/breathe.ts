import { setImmediate } from "node:timers/promises";

/** Yields to other work, so that a minute's recording is not processed in one go. */
export function breathe(): Promise<void> {
  return setImmediate();
}
