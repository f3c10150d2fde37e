import { isLoopback } from "../../../net/address.ts";
import type { Rule } from "../../rule.ts";
import type { VllmPlan } from "../plan.ts";
import { atLeast } from "../version.ts";
import { cacheDtypes, checkedVersions } from "../versions.ts";

/** Rules about the version, cache, schemas, tracing and the server's address. */
export const surfaceRules: readonly Rule<VllmPlan>[] = [
  {
    id: "vllm/version",
    severity: "error",
    source: "vLLM's releases",
    check({ version: { text, parsed } }) {
      if (parsed !== undefined) return undefined;
      return {
        path: "version",
        message: `${text} is not a version of vLLM`,
        remedy: `Write it as ${checkedVersions.at(-1)}.`,
      };
    },
  },
  {
    id: "vllm/version-short",
    severity: "error",
    source: "hub.docker.com/r/vllm/vllm-openai: each tag is a full version number",
    check({ version: { text, parsed }, server: { image } }) {
      // The rule applies only if the image's tag is derived from the version: a configured image has a tag of its own.
      if (parsed === undefined || /^v?\d+\.\d+\.\d+/.test(text) || !image.endsWith(text.replace(/^v/, "")))
        return undefined;
      return {
        path: "version",
        message: `${text} is not a full version number, and there is no image with that tag`,
        remedy: `Give the full version, such as ${parsed.join(".")}.`,
      };
    },
  },
  {
    id: "vllm/version-unchecked",
    severity: "warning",
    source: "docs/checking-vllm.md",
    check({ version: { text, parsed } }) {
      const [oldest, newest] = [checkedVersions[0] as string, checkedVersions.at(-1) as string];
      if (parsed === undefined) return undefined;
      if (!atLeast(parsed, oldest))
        return {
          path: "version",
          message: `vLLM ${text} is older than ${oldest}, the oldest version whose flags and defaults Duet checks`,
          remedy: `Take ${newest}.`,
        };
      if (checkedVersions.some((checked) => checked.startsWith(`${parsed[0]}.${parsed[1]}.`))) return undefined;
      return {
        path: "version",
        message: `Duet's flags were not checked against vLLM ${text}, only against ${checkedVersions.join(", ")}`,
        remedy: "Run vLLM's own parser over the rendered flags, as docs/checking-vllm.md shows.",
      };
    },
  },
  {
    id: "vllm/cache-dtype",
    severity: "error",
    source: "vllm/config/cache.py CacheDType",
    check({ cache: { dtype } }) {
      if (cacheDtypes.includes(dtype)) return undefined;
      return {
        path: "cache.dtype",
        message: `${dtype} is not a data type of the KV cache`,
        remedy: `It may be ${cacheDtypes.join(", ")}.`,
      };
    },
  },
  {
    id: "vllm/cache-dtype-said-aloud",
    severity: "error",
    source: "vllm/config/cache.py cache_dtype: bfloat16 is invalid for models that do not default to fp8",
    check({ cache: { dtype } }) {
      if (dtype !== "bfloat16") return undefined;
      return {
        path: "cache.dtype",
        message: "bfloat16 may be set only for models whose KV cache is fp8 by default",
        remedy: "Set it to auto, which is bfloat16 here.",
      };
    },
  },
  {
    id: "vllm/structured-whitespace",
    severity: "error",
    source: "vllm/config/structured_outputs.py",
    check({ structuredOutputs: { backend, disableAnyWhitespace } }) {
      if (!disableAnyWhitespace || backend === "xgrammar" || backend === "guidance") return undefined;
      return {
        path: "structuredOutputs.disableAnyWhitespace",
        message: `${backend} does not support disableAnyWhitespace`,
        remedy: "Set structuredOutputs.backend to xgrammar or guidance.",
      };
    },
  },
  {
    id: "vllm/structured-properties",
    severity: "error",
    source: "vllm/config/structured_outputs.py",
    check({ structuredOutputs: { backend, disableAdditionalProperties } }) {
      if (!disableAdditionalProperties || backend === "guidance") return undefined;
      return {
        path: "structuredOutputs.disableAdditionalProperties",
        message: `${backend} does not support disableAdditionalProperties`,
        remedy: "Set structuredOutputs.backend to guidance.",
      };
    },
  },
  {
    id: "vllm/detailed-traces",
    severity: "error",
    source: "vllm/config/observability.py",
    check({ tracing: { endpoint, detailed } }) {
      if (detailed === undefined || endpoint !== undefined) return undefined;
      return {
        path: "tracing.collectDetailedTraces",
        message: "detailed traces need an endpoint to be sent to",
        remedy: "Set tracing.otlpTracesEndpoint, or remove tracing.collectDetailedTraces.",
      };
    },
  },
  {
    id: "vllm/open-address",
    severity: "warning",
    source: "vllm/entrypoints/serve/middleware/authenticate.py: /metrics, /tokenize and /invocations take no key",
    check({ server: { host } }) {
      if (isLoopback(host)) return undefined;
      return {
        path: "server.host",
        message: `${host} can be reached from other machines, and vLLM's API key protects only /v1`,
        remedy: "Set it to 127.0.0.1, or make the port reachable for Generate only.",
      };
    },
  },
];
