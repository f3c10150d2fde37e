import { fork } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../clock/clock.ts";
import { processes } from "../../config/processes.ts";
import { isFresh } from "../../process/bundled.ts";

const script = join(import.meta.dirname, "../../deploy/bundle/main.ts");
// How long the bundler waits before it begins: users who ask something right after the start should not share the CPU
// with it.
const waitMs = 5_000;

/**
 * If bundles are missing or out of date, makes them in the background for the next start, after a delay and at low
 * priority. Returns a function that cancels the work as long as it has not begun.
 */
export function bundleForNextStart(clock: Clock): () => void {
  return clock.after(waitMs, () => {
    if (!needsBundles()) return;
    const child = fork(script, [], { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
    // If the bundler cannot be started, the next start of Duet runs the sources.
    child.once("error", () => {});
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    child.unref();
    child.channel?.unref();
  });
}

/** Whether any program's bundle is missing or out of date. `root`: the root of the source tree. Default: this one. */
export function needsBundles(root?: string): boolean {
  return !Object.keys(processes).every((program) => isFresh(program, root));
}
