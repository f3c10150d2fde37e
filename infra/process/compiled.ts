import { enableCompileCache } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../node_modules/.cache/compiled");

/**
 * Caches the code that Node compiles from now on, for the next start, also in child processes. The cache is beside the
 * packages, or in the folder that `NODE_COMPILE_CACHE` names. If it cannot be written, each start compiles everything
 * again. A module's static imports are compiled before the module runs, so a caller must import the rest dynamically,
 * after this call.
 */
export function keepCompiled(): void {
  // An empty variable counts as unset here; Node would take the empty path to mean the current folder.
  process.env.NODE_COMPILE_CACHE ||= folder;
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
