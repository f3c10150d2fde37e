import { enableCompileCache } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../node_modules/.cache/compiled");

/**
 * Caches the code that Node compiles from now on, for the next start: beside the packages, or in the folder given by
 * `NODE_COMPILE_CACHE`; also for child processes. If nothing can be written, each start compiles anew. A module's
 * static imports are compiled before it runs, so a caller must import the rest dynamically, afterwards.
 */
export function keepCompiled(): void {
  // An empty variable counts as unset: Node would use the current folder.
  process.env.NODE_COMPILE_CACHE ||= folder;
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
