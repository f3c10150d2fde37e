import { pino } from "pino";
import type { logLevels } from "./levels.ts";
import { createLineSink, type LineSink } from "./sink.ts";

/** A logger: JSON lines on standard output. What users say or hear is never logged. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/** Options of createLog. */
export interface LogOptions {
  /** Which process speaks: `edge`, `generate`, `synthesize`, … */
  service: string;
  /** The least level that is written. */
  level: (typeof logLevels)[number];
}

const standardOutput = 1;

/** The sink of this process: it has one standard output, and one count of what was dropped. */
let output: LineSink | undefined;

/** Makes the logger of a process. Whatever becomes of its standard output, it holds nothing up: see sink.ts. */
export function createLog({ service, level }: LogOptions): Log {
  output ??= createLineSink(
    standardOutput,
    (lines, code) =>
      `${JSON.stringify({ level: "warn", time: new Date().toISOString(), service, lines, code, msg: "lines of this log were dropped: its disk is full, or nobody reads it" })}\n`,
  );
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    output,
  );
}

/** How many lines of this process's log were dropped since it began. */
export function droppedLines(): number {
  return output?.dropped ?? 0;
}
