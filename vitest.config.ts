import { defineConfig } from "vitest/config";
import { houseRules } from "./test/vitest/house.ts";

/** The time limit of a test file, in seconds; the chaos tests need up to one second for each of their turns. */
const fileSeconds = Math.max(300, Number(process.env.CHAOS_TURNS ?? 0));

const { reporters, perProject } = houseRules({
  // A test in a browser needs a minute or two on two busy cores.
  testMs: 180_000,
  fileMs: Number(process.env.TEST_FILE_SECONDS ?? fileSeconds) * 1000,
  settleMs: 5_000,
  endMs: 2_000,
});

// Tests that measure time: they run one after another when all other tests have ended and the cores are free.
const alone = [
  "test/{chaos,proxies}/**/*.test.ts",
  "test/e2e/{listening,talk,ears/*}.test.ts",
  "test/{edge/link,tracing/trace}.test.ts",
];
// Tests that run browsers, except those in `alone`. Two of them run at a time, which keeps two cores busy.
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
          // These tests spend half of their time waiting for processes and timers. If only two ran at a time, two cores
          // would be idle for a third of the time.
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
