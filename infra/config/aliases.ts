import { allEngines } from "../engines/registry.ts";

/**
 * Names of environment variables that other projects use, each with the path in duet.yaml that it sets here. A variable
 * that begins with DUET_ takes precedence. A name that sets an engine's field applies only if the config contains that
 * engine: such names are common words, and must not add an engine to the config.
 */
export const aliases: Readonly<Record<string, string>> = Object.fromEntries([
  ["REDIS_URL", "redis.url"],
  ...allEngines.flatMap(({ name, aliases }) =>
    Object.entries(aliases).map(([alias, path]) => [alias, `engine.${name}.${path}`]),
  ),
]);
