import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import type { Config } from "../config.ts";
import type { SettingPath } from "../declared.ts";

/** Two limits of one process: with the wrong values, one of the two has no effect. */
interface Pair {
  readonly id: string;
  /** The limit to change if the rule is broken. */
  readonly path: SettingPath;
  readonly other: SettingPath;
  /** Whether the two values obey the rule, so that both limits have an effect. */
  holds(value: number, other: number): boolean;
  /** Why one of the limits is not effective if the rule is broken. */
  readonly why: string;
}

const pairs: readonly Pair[] = [
  {
    id: "duet/turns-per-peer",
    path: "edge.maxTurnsPerPeer",
    other: "edge.maxTurns",
    holds: (perPeer, all) => perPeer <= all,
    why: "one address cannot run more turns than the edge as a whole",
  },
  {
    id: "duet/first-token",
    path: "generate.ttftSloMs",
    other: "generate.firstTokenTimeoutMs",
    holds: (slo, timeout) => slo <= timeout,
    why: "requests would time out before they count as late, so slowness would never be detected",
  },
];

/** Rules about limits of one process that affect each other. */
export const limitRules: readonly Rule<Config>[] = pairs.map(({ id, path, other, holds, why }) => ({
  id,
  severity: "error",
  source: "the descriptions of these settings (docs/config.md)",
  check(config) {
    const value = numberAt(config, path);
    const bound = numberAt(config, other);
    if (typeof value !== "number" || typeof bound !== "number" || holds(value, bound)) return undefined;
    return {
      path,
      message: `${path} is ${value} and ${other} is ${bound}: ${why}`,
      remedy: `Set ${path} to at most ${bound}, or raise ${other}.`,
    };
  },
}));

/** Returns the contradictions between limits that are each valid alone. A process with such limits does not start. */
export function judgeLimits(config: Config): Judgement<Config>[] {
  return applyRules(limitRules, config, () => true);
}

function numberAt({ settings }: Config, path: SettingPath): unknown {
  return path
    .split(".")
    .reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], settings);
}
