import { resolve } from "node:path";
import { createFindings, type Findings } from "./findings.ts";
import { createPool, type PoolLimits } from "./pool.ts";
import { createReporter } from "./reporter.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** How long what was told to close may take to be gone when a file's tests have ended, in milliseconds. */
    settleMs: number;
  }
}

/** How long things may take, in milliseconds. */
export interface Limits extends PoolLimits {
  /** A test or a hook. */
  readonly testMs: number;
  /** What a file closed, to be gone. */
  readonly settleMs: number;
}

/**
 * How tests run in this house, in vitest's words: each file in a Node process of its own, which strips the types and
 * does nothing more to it, so that what is tested is what runs. Takes what a developer's shell says about Duet and
 * OpenTelemetry out of the environment. What Node compiles is kept: hundreds of short-lived processes load the same
 * files, which took more time than the tests themselves.
 */
export function houseRules(limits: Limits) {
  for (const name of Object.keys(process.env)) if (/^(?:DUET|OTEL)_/.test(name)) delete process.env[name];
  process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/compiled");
  const findings: Findings = createFindings();
  return {
    /** For the whole run. */
    reporters: [createReporter({ findings, skipIsFailure: process.env.CI === "true" }), "default"],
    /** For each project. */
    perProject: {
      pool: createPool(limits, findings),
      setupFiles: "test/vitest/left-open.ts",
      provide: { settleMs: limits.settleMs },
      testTimeout: limits.testMs,
      hookTimeout: limits.testMs,
      experimental: { viteModuleRunner: false, nodeLoader: false },
    },
  };
}
