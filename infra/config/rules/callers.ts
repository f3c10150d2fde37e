import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import { isLoopback } from "../../net/address.ts";
import type { Config } from "../config.ts";

/** Warnings about settings that concern callers and how long they wait. */
export const callerRules: readonly Rule<Config>[] = [
  {
    id: "duet/keys-unused",
    severity: "warning",
    source: "infra/settings/edge.ts access: it decides whether keys are required",
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
        message: `${path} has no effect while edge.access is open`,
        remedy: `Set edge.access to ${path === "edge.keys.file" ? "keys" : "jwt"}, or remove ${path}.`,
      };
    },
  },
  {
    id: "duet/trusts-everybody",
    severity: "warning",
    source: "infra/net/peer.ts: the caller's address reported by a trusted proxy is believed",
    check({ settings: { edge } }) {
      const all = edge.trustedProxies?.find((network) => /\/0+$/.test(network));
      if (all === undefined) return undefined;
      return {
        path: "edge.trustedProxies",
        message: `${all} trusts every address, so any caller could fake its address`,
        remedy: "List only the addresses of your own proxies.",
      };
    },
  },
  {
    id: "duet/silent-streams",
    severity: "warning",
    source: "proxies close silent connections, some after 15 s",
    check({ settings: { edge } }) {
      if (edge.heartbeatIntervalMs === undefined || edge.heartbeatIntervalMs <= 15_000) return undefined;
      return {
        path: "edge.heartbeatIntervalMs",
        message: `a stream may be silent for ${edge.heartbeatIntervalMs / 1000} s, and proxies may close a connection that is silent for so long`,
        remedy: "Set it to at most 15000.",
      };
    },
  },
  {
    id: "duet/signers-clear",
    severity: "warning",
    source: "anyone who can alter the keys in transit can sign their own tokens",
    check({ settings: { edge } }) {
      const { jwksUrl } = edge.jwt;
      if (jwksUrl === undefined || jwksUrl.startsWith("https:") || isLoopback(new URL(jwksUrl).hostname))
        return undefined;
      return {
        path: "edge.jwt.jwksUrl",
        message: "the keys that verify tokens would be fetched unencrypted",
        remedy: "Write https://.",
      };
    },
  },
];

/** The warnings about a config's caller settings. */
export function judgeCallers(config: Config): Judgement<Config>[] {
  return applyRules(callerRules, config, () => true);
}
