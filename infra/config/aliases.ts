import { allEngines } from "../engines/registry.ts";

/**
 * Names that are common in the field, and the paths that they set here. A variable that begins with DUET_ takes
 * precedence. Those of an engine apply only if the config contains that engine: they are common words, and must not
 * create one.
 */
export const aliases: Readonly<Record<string, string>> = Object.fromEntries([
  ["REDIS_URL", "redis.url"],
  ...allEngines.flatMap(({ name, aliases }) =>
    Object.entries(aliases).map(([alias, path]) => [alias, `engine.${name}.${path}`]),
  ),
]);
