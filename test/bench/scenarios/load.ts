import type { Scenario } from "./scenario.ts";
import { closed, usualTime } from "./usual.ts";

/** From one user to far more than the voices can carry. */
export const load: Scenario = {
  name: "load",
  about:
    "Users from one to far beyond what the voices can carry, replies as a 7B model writes them: 16 s of speech on average.",
  calibrations: ["fish15", "s1mini", "s2ref"],
  sides: ["article", "article-pool", "sequential", "fifo", "duet"],
  loads: [1, 3, 10, 14, 20, 28, 50, 100, 200].map(closed),
  time: usualTime,
  repeats: 3,
  meanTokens: undefined,
  probe: undefined,
  workerForEachUser: false,
  published: [],
};
