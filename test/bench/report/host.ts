import { availableParallelism, cpus, loadavg } from "node:os";
import type { Report } from "./report.ts";

/** The machine that a run is made on. */
export function describeHost(): Report["host"] {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
    loadAverage: loadavg()[0] ?? 0,
  };
}
