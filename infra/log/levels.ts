/** The levels there are, from most to least. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
