import { fork } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../clock/clock.ts";
import { processes } from "../../config/processes.ts";
import { isFresh } from "../../process/bundled.ts";

const script = join(import.meta.dirname, "../../deploy/bundle/main.ts");
// Whoever has started Duet to ask something asks first, and has both cores for it.
const waitMs = 5_000;

/**
 * Has the programs bundled for the next start if they are not, at a low priority, while this one runs. Returns what
 * keeps it from beginning.
 */
export function bundleForNextStart(clock: Clock): () => void {
  return clock.after(waitMs, () => {
    if (Object.keys(processes).every((program) => isFresh(program))) return;
    const child = fork(script, [], { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
    // The next start does without.
    child.once("error", () => {});
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    child.unref();
    child.channel?.unref();
  });
}
