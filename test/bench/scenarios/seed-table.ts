import type { Scenario } from "./scenario.ts";
import { closed, usualTime } from "./usual.ts";

const source = "the seed article";

/** The table that the article on this architecture prints, on replies of its length. */
export const seedTable: Scenario = {
  name: "seed-table",
  about: "The seed article's table: 1, 10 and 50 users, replies of 28 tokens on average.",
  calibrations: ["fish15", "s1mini", "s2ref"],
  sides: ["article", "article-pool", "sequential", "fifo", "duet"],
  loads: [1, 10, 50].map(closed),
  time: usualTime,
  repeats: 3,
  meanTokens: 28,
  probe: undefined,
  workerForEachUser: false,
  published: [
    { source, users: 1, firstAudioMs: 800, endToEndMs: 1200, success: 1 },
    { source, users: 10, firstAudioMs: 950, endToEndMs: 1500, success: 1 },
    { source, users: 50, firstAudioMs: 1400, endToEndMs: 2800, success: 0.982 },
  ],
};
