import type { Program } from "../support/processes.ts";

/**
 * Freezes a program for a while, again and again, as a machine does that swaps or an engine that hangs: its connections
 * stay open, and nothing comes of them. `stop` thaws it.
 */
export function startFreezing({ pid }: Program, { everyMs, forMs }: { everyMs: number; forMs: number }) {
  let thaw: NodeJS.Timeout | undefined;
  const freeze = setInterval(() => {
    process.kill(pid, "SIGSTOP");
    thaw = setTimeout(() => process.kill(pid, "SIGCONT"), forMs);
  }, everyMs);
  return {
    stop() {
      clearInterval(freeze);
      clearTimeout(thaw);
      process.kill(pid, "SIGCONT");
    },
  };
}
