import type { Scenario } from "./scenario.ts";
import { closed, usualTime } from "./usual.ts";

/** What a side adds to the engines' own time. */
export const overhead: Scenario = {
  name: "overhead",
  about:
    "What a side adds to the engines' own time: a worker for each of its sessions, so that nothing waits for an engine.",
  calibrations: ["fish15"],
  sides: ["relay", "fifo", "duet"],
  loads: [1, 10, 50].map(closed),
  time: usualTime,
  repeats: 3,
  meanTokens: undefined,
  probe: { kind: "overhead" },
  workerForEachUser: true,
  published: [],
};
