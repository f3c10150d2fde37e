import type { Names, Parts } from "../parts.ts";
import type { Targets } from "./observers.ts";

/** The engines that serve Prometheus metrics at `/metrics`. */
export const scrapedEngines: ReadonlySet<string> = new Set(["vllm"]);

/**
 * The scrape targets of a deployment: Duet's processes at `host`, and its engines at the URLs by which they are called.
 */
export function targetsOf({ duet, engines }: Parts, host: string, urlOf: Names["urlOf"]): Targets {
  const own = Object.values(duet).map(({ name, adminPort }) => [`duet-${name}`, [`${host}:${adminPort}`]]);
  const others = engines
    .filter(({ engine }) => scrapedEngines.has(engine.name))
    .map((parts) => [
      parts.engine.name,
      [...new Set(parts.servers.map((_, index) => new URL(urlOf(parts, index)).host))],
    ]);
  return Object.fromEntries([...own, ...others]);
}
