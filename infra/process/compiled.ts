import { enableCompileCache } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../node_modules/.cache/compiled");

/**
 * Keeps what Node compiles from here on, for the next start: beside the packages, or where `NODE_COMPILE_CACHE` says; for the processes that this one
 * starts too. Where nothing can be written, each start compiles anew. What a module imports statically is compiled before it runs: so whoever calls this
 * imports the rest afterwards.
 */
export function keepCompiled(): void {
  // An empty variable is none: Node would take it for the folder that the process is started in.
  process.env.NODE_COMPILE_CACHE ||= folder;
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
