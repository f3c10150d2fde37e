import { defineConfig } from "vitest/config";
import { houseRules } from "./test/vitest/house.ts";

/** A run of chaos is as long as it was asked to be: its tests have half a second a turn, each of the two. */
const fileSeconds = Math.max(300, Number(process.env.CHAOS_TURNS ?? 0));

const { reporters, perProject } = houseRules({
  // A test in a browser needs a minute or two on two busy cores.
  testMs: 180_000,
  fileMs: Number(process.env.TEST_FILE_SECONDS ?? fileSeconds) * 1000,
  settleMs: 5_000,
  endMs: 2_000,
});

// What is looked at by the clock: one after the other, once the cores are free.
const alone = [
  "test/{chaos,proxies}/**/*.test.ts",
  "test/e2e/{listening,talk,ears/*}.test.ts",
  "test/{edge/link,tracing/trace}.test.ts",
];
// Browsers besides: two fill two cores.
const browsers = ["test/e2e/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters,
    projects: [
      {
        test: {
          ...perProject,
          name: "three at a time",
          include: ["{services,edge,infra,test}/**/*.test.ts"],
          exclude: [...alone, ...browsers, "**/node_modules/**"],
          // They wait for processes and timers half of their time: two leave two cores idle for a third of it.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...perProject,
          name: "browsers",
          include: browsers,
          exclude: [...alone, "**/node_modules/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...perProject,
          name: "alone",
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
