import { pino } from "pino";
import type { logLevels } from "./levels.ts";

/** A logger: JSON lines on standard output. What users say or hear is never logged. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/** Options of createLog. */
export interface LogOptions {
  /** Which process speaks: `edge`, `generate`, `synthesize`, … */
  service: string;
  /** The least level that is written. */
  level: (typeof logLevels)[number];
}

/** Makes the logger of a process. */
export function createLog({ service, level }: LogOptions): Log {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
