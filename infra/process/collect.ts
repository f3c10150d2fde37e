import { setFlagsFromString } from "node:v8";

/**
 * Makes garbage collection depend on the size of live buffers. V8 before 14.8 counts all bytes that were allocated in
 * buffers since the last full collection, even if they have been freed: passing on speech then causes a collection of
 * 20 to 40 ms every few dozen answers, which delays all answers in progress. Since 14.8 V8 counts only live buffers
 * anyway, and no longer has the flag that this function sets. Call this function before `keepCompiled`, since V8
 * rejects cached code that was compiled with other flags.
 */
export function collectByWhatIsHeld(version = process.versions.v8): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 14 || (major === 14 && minor < 8)) setFlagsFromString("--external-memory-accounted-in-global-limit");
}
