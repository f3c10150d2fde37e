import { setFlagsFromString } from "node:v8";

/**
 * Has garbage collected by what buffers hold. V8 before 14.8 goes by what was allocated in buffers since it last looked through the whole heap, whether
 * or not that is free again: speech that is passed on makes it look every few dozen answers, for 20 to 40 ms, and whoever asks meanwhile waits. From
 * 14.8 on V8 does this by itself, and knows no such flag. Call it before `keepCompiled`: V8 takes no code that was compiled under other flags.
 */
export function collectByWhatIsHeld(version = process.versions.v8): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 14 || (major === 14 && minor < 8)) setFlagsFromString("--external-memory-accounted-in-global-limit");
}
