import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import { formatAddress, isLoopback } from "../../net/address.ts";
import type { Config } from "../config.ts";

const source = "infra/settings/edge.ts: what each of them does";

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
        message: `edge.access is open and edge.listen is ${formatAddress(listen)}: whoever reaches that address may have the engines work for them`,
        remedy: "Set edge.access to keys or jwt, or edge.openToAll to true if that is meant.",
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
        message: "edge.access is keys and no file of keys is named: nobody could call",
        remedy: "Set edge.keys.file; npm run duet -- key --help says how a key is made.",
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
          ? "edge.jwt.jwksUrl and edge.jwt.secret are both set: a token is signed one way or the other"
          : "edge.access is jwt and nothing says who signs tokens: none would be believed",
        remedy: both ? "Leave one of them." : "Set edge.jwt.jwksUrl or edge.jwt.secret.",
      };
    },
  },
];

/** What is wrong with the access settings. With such an error the edge does not start. */
export function judgeAccess(config: Config): Judgement<Config>[] {
  return applyRules(accessRules, config, () => true);
}
