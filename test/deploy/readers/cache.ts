import { join } from "node:path";

/** Where programs that are not ours stay between runs. */
export const cache = join(import.meta.dirname, "../../../.cache/deploy");
