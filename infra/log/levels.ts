/** The log levels, from most to least verbose. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
