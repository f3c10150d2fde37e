import type { VllmPlan } from "../../../infra/engines/vllm/plan.ts";
import { compareRows, type Difference, type DriftRow } from "../../common/engine/drift.ts";
import type { Sighting } from "../engines/openai/sighting.ts";

/** The config fields whose actual values a server can reveal. */
export type Expected = Pick<VllmPlan, "version" | "model" | "context" | "cache" | "speculation">;

const severe = () => "severe" as const;
const minor = () => "minor" as const;
const cacheField = (name: string) => (sighting: Sighting) => sighting.counts?.cacheConfig.get(name);
const decimal = (text: string | undefined) => (text === undefined ? undefined : String(Number(text)));

/** For each field of `Expected`, the configured and the actual value; the two are compared only if both are known. */
const rows: readonly DriftRow<Expected, Sighting>[] = [
  {
    path: "version",
    severity: severe,
    configured: ({ version }) => release(version.text),
    live: ({ version }) => release(version),
  },
  {
    path: "model.servedName",
    severity: severe,
    configured: ({ model }) => model.servedName,
    live: ({ model }) => model,
  },
  {
    path: "context.maxModelLen",
    severity: severe,
    configured: ({ context }) => String(context.maxModelLen),
    live: ({ maxModelLen }) => maxModelLen?.toString(),
  },
  {
    path: "cache.prefixCaching",
    // If prefix caching is missing, every turn recomputes the whole conversation; if it is on although not configured,
    // nothing is lost.
    severity: ({ cache }) => (cache.prefixCaching ? "severe" : "minor"),
    configured: ({ cache }) => String(cache.prefixCaching),
    live: (sighting) => cacheField("enable_prefix_caching")(sighting)?.toLowerCase(),
  },
  {
    path: "cache.dtype",
    severity: minor,
    configured: ({ cache }) => (cache.dtype === "auto" ? undefined : cache.dtype),
    live: cacheField("cache_dtype"),
  },
  {
    path: "cache.blockSize",
    severity: minor,
    configured: ({ cache }) => String(cache.blockSize),
    live: cacheField("block_size"),
  },
  {
    path: "cache.gpuMemoryUtilization",
    severity: minor,
    configured: ({ cache }) => String(cache.gpuMemoryUtilization),
    live: (sighting) => decimal(cacheField("gpu_memory_utilization")(sighting)),
  },
  {
    path: "speculation",
    severity: minor,
    configured: ({ speculation }) => (speculation === undefined ? "off" : "on"),
    live: ({ counts }) => (counts === undefined ? undefined : counts.speculation === undefined ? "off" : "on"),
  },
];

/**
 * Compares a config with an observed server, whose URL is `server`. Values that the server does not reveal do not count
 * as differences.
 */
export function compare(plan: Expected, seen: Sighting, server: string): Difference[] {
  return compareRows(rows, { above: "engine.vllm", plan, seen, server });
}

/** A version without its build information: `0.28.0` for `v0.28.0` or `0.28.0+cu129`. */
function release(version: string | undefined): string | undefined {
  return version?.replace(/^v/, "").replace(/\+.*$/, "");
}
