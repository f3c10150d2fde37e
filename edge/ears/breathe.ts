import { setImmediate } from "node:timers/promises";

/** Lets other work run. Called now and then while a long recording is processed, which would block the process. */
export function breathe(): Promise<void> {
  return setImmediate();
}
