import type { Scenario } from "./scenario.ts";

/** From the start of the processes to the first sound. */
export const coldStart: Scenario = {
  name: "cold-start",
  about:
    "From the start of a side's processes to its readiness, and the first turns of processes that have done nothing yet.",
  calibrations: ["fish15"],
  sides: ["sequential", "fifo", "duet"],
  loads: [{ kind: "closed", users: 1, thinkMs: 100 }],
  time: { warmMs: 0, untilMs: 4000, endMs: 14_000 },
  repeats: 5,
  meanTokens: undefined,
  probe: { kind: "cold-start" },
  workerForEachUser: false,
  published: [],
};
