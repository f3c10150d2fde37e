import { enableCompileCache } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../node_modules/.cache/compiled");

/**
 * From now on, Node caches the code that it compiles, in this process and in child processes, so that the next start is
 * faster. The cache is in node_modules, or in the folder that `NODE_COMPILE_CACHE` names. If the cache cannot be
 * written, each start compiles everything again. A module's static imports are compiled before the module runs, so the
 * caller must import all other modules dynamically, after this call.
 */
export function keepCompiled(): void {
  // An empty variable counts as unset here; Node would take the empty path to mean the current folder.
  process.env.NODE_COMPILE_CACHE ||= folder;
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
