import { defineConfig } from "vitest/config";
import { houseRules } from "./test/vitest/house.ts";

const { reporters, perProject } = houseRules({
  // A test in a browser needs a minute or two on two busy cores.
  testMs: 180_000,
  fileMs: Number(process.env.TEST_FILE_SECONDS ?? 300) * 1000,
  settleMs: 5_000,
  endMs: 2_000,
});

export default defineConfig({
  test: {
    reporters,
    projects: [
      {
        test: {
          ...perProject,
          name: "beside the sources",
          include: ["{services,edge,infra}/**/*.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // They open sockets, browsers and whole stacks, and look at the time: one after the other, once the cores are free.
        test: {
          ...perProject,
          name: "alone",
          include: ["test/**/*.test.ts"],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
