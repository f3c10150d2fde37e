import { readdirSync, readFileSync } from "node:fs";
import type { Clock } from "../clock/clock.ts";
import type { Log } from "../log/log.ts";

/** How many file descriptors a process has open, and its limit. */
export interface Descriptors {
  readonly open: number;
  readonly limit: number;
}

/**
 * Counts the open file descriptors of this process; undefined if the system does not say. The numbers are read from
 * Linux's /proc.
 */
export function countDescriptors(): Descriptors | undefined {
  let limit: number;
  try {
    limit = Number(/^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1]);
  } catch (error) {
    return isExhausted(error) ? { open: 1, limit: 1 } : undefined;
  }
  if (!(limit > 0)) return undefined;
  try {
    return { open: readdirSync("/proc/self/fd").length, limit };
  } catch (error) {
    // Counting itself needs a free descriptor: if there is none, all descriptors are in use.
    return isExhausted(error) ? { open: limit, limit } : undefined;
  }
}

const isExhausted = (error: unknown) => ["EMFILE", "ENFILE"].includes((error as NodeJS.ErrnoException).code ?? "");

const everyMs = 1000;
/** A shortage begins when this fraction of the limit is open (`high`), and ends when less than `low` is open. */
const high = 0.9;
const low = 0.75;
/** The minimum time between two log lines that file descriptors have run short, in milliseconds. */
const quietMs = 30_000;

/**
 * Logs one line when file descriptors run short, and one when enough are free again. Without free descriptors, the
 * system rejects connections without telling the process: callers' connections are reset, and engines cannot be
 * reached. Returns a function that stops the watch.
 */
export function watchDescriptors(log: Log, clock: Clock, count = countDescriptors): () => void {
  let short = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let cancel = () => {};
  const look = () => {
    const now = count();
    if (now === undefined) return;
    const share = now.open / now.limit;
    if ((short ? share < low : share >= high) && clock.now() - toldAt >= (short ? 0 : quietMs)) {
      short = !short;
      if (short) {
        toldAt = clock.now();
        log.warn(
          { ...now },
          "this process is running out of file descriptors and refuses connections: raise the limit (ulimit -n, LimitNOFILE)",
        );
      } else log.info({ ...now }, "file descriptors are free again");
    }
    cancel = clock.after(everyMs, look);
  };
  look();
  return () => cancel();
}
