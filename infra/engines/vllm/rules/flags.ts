import type { Rule } from "../../rule.ts";
import type { VllmPlan } from "../plan.ts";
import { fieldFlags, removedFlags } from "../versions.ts";

/**
 * The names of flags among additional arguments: `--a=1` and `--a 1` are `--a`; `--a_b` is `--a-b`, as vLLM treats it.
 */
function flagsOf(args: readonly string[]): string[] {
  return args
    .filter((arg) => arg.startsWith("-") && Number.isNaN(Number(arg)))
    .map((arg) => (arg.split("=")[0] as string).replace(/(?<=[a-z\d])_/gi, "-"));
}

/** Whether a string is a URL with a password. */
function hasPassword(text: string): boolean {
  return /:\/\/[^/\s]*@/.test(text);
}

/** Rules about additional arguments, which are passed on unchanged. */
export const flagRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/removed-flag",
    severity: "error",
    source: "vLLM's parser: unrecognized arguments",
    check({ extraArgs, version }) {
      const gone = flagsOf(extraArgs).find((flag) => flag in removedFlags);
      if (gone === undefined) return undefined;
      return {
        path: "extraArgs",
        message: `vLLM ${version.text} does not know ${gone}`,
        remedy: removedFlags[gone] as string,
      };
    },
  },
  {
    id: "vllm/flag-with-a-field",
    severity: "error",
    source: "vLLM's parser takes the last of two equal flags, but Duet's checks would see only the first",
    check({ extraArgs }) {
      const twice = flagsOf(extraArgs).find((flag) => flag in fieldFlags);
      if (twice === undefined) return undefined;
      return {
        path: "extraArgs",
        message: `${twice} must be set by its own field, not in extraArgs`,
        remedy: `Set ${fieldFlags[twice]} instead: Duet checks its value.`,
      };
    },
  },
  {
    id: "vllm/secret-in-flags",
    severity: "error",
    source: "a command line can be read by every process of the host",
    check({ extraArgs, tracing: { endpoint } }) {
      if (endpoint !== undefined && hasPassword(endpoint))
        return {
          path: "tracing.otlpTracesEndpoint",
          message: "a password on the command line can be read by every process of the host",
          remedy: "Use an address without a password, such as that of a collector on the same host.",
        };
      const flag = flagsOf(extraArgs).find((name) => /(?:key|token|password|secret)$/.test(name));
      if (flag === undefined && !extraArgs.some(hasPassword)) return undefined;
      return {
        path: "extraArgs",
        message: "a key on the command line can be read by every process of the host",
        remedy:
          flag === "--hf-token"
            ? "Set HF_TOKEN in the environment of vLLM."
            : "Set VLLM_API_KEY in the environment of vLLM.",
      };
    },
  },
  {
    id: "vllm/flag-and-value",
    severity: "error",
    source: "vLLM's parser: unrecognized arguments",
    check({ extraArgs }) {
      const joined = extraArgs.find((arg) => /^--?[\w-]+\s/.test(arg));
      if (joined === undefined) return undefined;
      const [flag, ...rest] = joined.trim().split(/\s+/);
      return {
        path: "extraArgs",
        message: "a flag and its value are written as one argument, which vLLM does not recognize",
        remedy: `Write ["${flag}", "${rest.join(" ")}"].`,
      };
    },
  },
  {
    id: "vllm/connector-role",
    severity: "error",
    source: "vllm/config/kv_transfer.py",
    check({ extraArgs }) {
      const index = extraArgs.findIndex((arg) => /^--kv[-_]transfer[-_]config/.test(arg));
      const given = index < 0 ? undefined : (extraArgs[index]?.split("=")[1] ?? extraArgs[index + 1]);
      if (given === undefined || !given.includes("kv_connector") || given.includes("kv_role")) return undefined;
      return {
        path: "extraArgs",
        message: "the KV connector in --kv-transfer-config has no kv_role",
        remedy: 'Add "kv_role": "kv_both", "kv_producer" or "kv_consumer".',
      };
    },
  },
  {
    id: "vllm/offloading-server",
    severity: "warning",
    source: "vllm/config/vllm.py: lmcache needs an LMCache server",
    check({ extraArgs }) {
      if (!extraArgs.some((arg) => arg === "lmcache" || arg.endsWith("=lmcache"))) return undefined;
      return {
        path: "extraArgs",
        message: "the KV offloading backend lmcache needs an LMCache server at tcp://localhost:5555",
        remedy: "Set cache.offloadGib instead, which needs no server.",
      };
    },
  },
];
