import { pino } from "pino";
import type { logLevels } from "./levels.ts";
import { createLineSink, type LineSink } from "./sink.ts";

/** A logger that writes JSON lines to standard output. What users say or hear is never logged. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/** Options of createLog. */
export interface LogOptions {
  /** The name of the process that writes the log: `edge`, `generate`, `synthesize`, … */
  service: string;
  /** The lowest level of the lines that are written. */
  level: (typeof logLevels)[number];
}

const standardOutput = 1;

/** The only sink of this process: all its logs share standard output and the count of dropped lines. */
let output: LineSink | undefined;

/** Makes the logger of a process. Problems with standard output never block anything: see sink.ts. */
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

/** How many lines of this process's log have been dropped so far. */
export function droppedLines(): number {
  return output?.dropped ?? 0;
}
