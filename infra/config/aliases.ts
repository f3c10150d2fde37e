import { allEngines } from "../engines/registry.ts";

/**
 * Names that the field uses already, and the paths that they set here. The name that begins with DUET_ comes before them.
 * Those of an engine count only where the config has that engine: they are common words, and must not conjure one up.
 */
export const aliases: Readonly<Record<string, string>> = Object.fromEntries([
  ["REDIS_URL", "redis.url"],
  ...allEngines.flatMap(({ name, aliases }) =>
    Object.entries(aliases).map(([alias, path]) => [alias, `engine.${name}.${path}`]),
  ),
]);
