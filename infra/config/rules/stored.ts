import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import type { Config } from "../config.ts";

const source = "infra/settings/kept/kept.ts: the settings' descriptions";

/** Rules about where the edge stores speech: `edge.stored` in duet.yaml. */
export const storedRules: readonly Rule<Config>[] = [
  {
    id: "duet/stored-twice",
    severity: "error",
    source,
    check({ settings: { edge } }) {
      const { folder, s3 } = edge.stored;
      if (folder === undefined || s3.endpoint === undefined) return undefined;
      return {
        path: "edge.stored.folder",
        message: "edge.stored.folder and edge.stored.s3.endpoint are both set, but speech is stored in only one place",
        remedy: "Remove one of them.",
      };
    },
  },
  {
    id: "duet/bucket-keys",
    severity: "error",
    source,
    check({ settings: { edge } }) {
      const { endpoint, accessKeyId, secretAccessKey } = edge.stored.s3;
      if (endpoint === undefined || (accessKeyId !== undefined && secretAccessKey !== undefined)) return undefined;
      return {
        path: "edge.stored.s3.endpoint",
        message: "a bucket is set without credentials, so nothing could be stored",
        remedy: "Set edge.stored.s3.accessKeyId and edge.stored.s3.secretAccessKey.",
      };
    },
  },
  {
    id: "duet/bucket-name",
    severity: "error",
    source,
    check({ settings: { edge } }) {
      const { endpoint, publicEndpoint } = edge.stored.s3;
      const bare = [endpoint, publicEndpoint].find((url) => url !== undefined && new URL(url).pathname === "/");
      if (bare === undefined) return undefined;
      return {
        path: bare === endpoint ? "edge.stored.s3.endpoint" : "edge.stored.s3.publicEndpoint",
        message: "the endpoint contains no bucket name",
        remedy: "Append the bucket: https://s3.example/duet.",
      };
    },
  },
];

/** What is wrong with the settings for stored speech. If there is an error among them, the edge does not start. */
export function judgeStored(config: Config): Judgement<Config>[] {
  return applyRules(storedRules, config, () => true);
}
