import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import { isLoopback } from "../../net/address.ts";
import type { Config } from "../config.ts";

/** Warnings about settings that concern callers and how long they wait. */
export const callerRules: readonly Rule<Config>[] = [
  {
    id: "duet/keys-unused",
    severity: "warning",
    source: "infra/settings/edge.ts access: keys are asked for where it says so",
    check({ settings: { edge } }) {
      const { access, keys, jwt } = edge;
      if (access !== "open") return undefined;
      const [path] = [
        ...(keys.file === undefined ? [] : ["edge.keys.file"]),
        ...(jwt.jwksUrl === undefined ? [] : ["edge.jwt.jwksUrl"]),
        ...(jwt.secret === undefined ? [] : ["edge.jwt.secret"]),
      ];
      if (path === undefined) return undefined;
      return {
        path,
        message: `${path} is set and edge.access is open: nobody is asked for a key`,
        remedy: `Set edge.access to ${path === "edge.keys.file" ? "keys" : "jwt"}, or remove it.`,
      };
    },
  },
  {
    id: "duet/trusts-everybody",
    severity: "warning",
    source: "infra/net/peer.ts: what a trusted proxy says of its caller is believed",
    check({ settings: { edge } }) {
      const all = edge.trustedProxies?.find((network) => /\/0+$/.test(network));
      if (all === undefined) return undefined;
      return {
        path: "edge.trustedProxies",
        message: `${all} is everybody, and whoever calls could say that they call from elsewhere`,
        remedy: "Name the addresses of your own proxies alone.",
      };
    },
  },
  {
    id: "duet/silent-streams",
    severity: "warning",
    source: "proxies cut what is silent, some after 15 s",
    check({ settings: { edge } }) {
      if (edge.heartbeatIntervalMs === undefined || edge.heartbeatIntervalMs <= 15_000) return undefined;
      return {
        path: "edge.heartbeatIntervalMs",
        message: `a stream may be silent for ${edge.heartbeatIntervalMs / 1000} s, and proxies cut such a one`,
        remedy: "Set it to 15000 at most.",
      };
    },
  },
  {
    id: "duet/signers-clear",
    severity: "warning",
    source: "whoever changes the keys on their way signs tokens of their own",
    check({ settings: { edge } }) {
      const { jwksUrl } = edge.jwt;
      if (jwksUrl === undefined || jwksUrl.startsWith("https:") || isLoopback(new URL(jwksUrl).hostname))
        return undefined;
      return {
        path: "edge.jwt.jwksUrl",
        message: "the keys that tokens are proved by would be fetched in the clear",
        remedy: "Write https://.",
      };
    },
  },
];

/** The warnings about a config's caller settings. */
export function judgeCallers(config: Config): Judgement<Config>[] {
  return applyRules(callerRules, config, () => true);
}
