import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import { formatAddress, isLoopback } from "../../net/address.ts";
import type { Config } from "../config.ts";

const source = "infra/settings/edge.ts: the settings' descriptions";

/** Rules about who may call the edge. */
export const accessRules: readonly Rule<Config>[] = [
  {
    id: "duet/open-to-all",
    severity: "error",
    source,
    check({ settings: { edge } }) {
      const { access, openToAll, listen } = edge;
      if (access !== "open" || openToAll !== false || listen === undefined || isLoopback(listen.host)) return undefined;
      return {
        path: "edge.access",
        message: `edge.access is open and edge.listen is ${formatAddress(listen)}: anyone who can reach that address can use the engines`,
        remedy: "Set edge.access to keys or jwt, or edge.openToAll to true if that is intended.",
      };
    },
  },
  {
    id: "duet/keys-file",
    severity: "error",
    source,
    check({ settings: { edge } }) {
      if (edge.access !== "keys" || edge.keys.file !== undefined) return undefined;
      return {
        path: "edge.access",
        message: "edge.access is keys, but edge.keys.file is not set: every call would be refused",
        remedy: "Set edge.keys.file; npm run duet -- key --help explains how to create a key.",
      };
    },
  },
  {
    id: "duet/token-signer",
    severity: "error",
    source,
    check({ settings: { edge } }) {
      const { jwksUrl, secret } = edge.jwt;
      if (edge.access !== "jwt" || (jwksUrl === undefined) !== (secret === undefined)) return undefined;
      const both = jwksUrl !== undefined;
      return {
        path: "edge.access",
        message: both
          ? "edge.jwt.jwksUrl and edge.jwt.secret are both set, but tokens can be verified in only one of these ways"
          : "edge.access is jwt, but there is no key to verify tokens with: every call would be refused",
        remedy: both ? "Remove one of them." : "Set edge.jwt.jwksUrl or edge.jwt.secret.",
      };
    },
  },
];

/** What is wrong with the access settings. If there is an error among them, the edge does not start. */
export function judgeAccess(config: Config): Judgement<Config>[] {
  return applyRules(accessRules, config, () => true);
}
