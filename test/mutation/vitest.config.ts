import { defineConfig } from "vitest/config";
import { createMutantPool } from "./pool.ts";

/**
 * For runs under Stryker alone: the files that MUTATE_TESTS names, in plain Node as ever. What a file leaves open fails
 * it here too, so that a clean-up that was taken out is noticed.
 */
export default defineConfig({
  plugins: [
    {
      name: "mutants",
      // Stryker's runner sets a pool of vitest's own, whatever the file says.
      configureVitest({ project }) {
        const poolRunner = createMutantPool();
        Object.assign(project.config, { pool: poolRunner.name, poolRunner });
      },
    },
  ],
  test: {
    include: (process.env.MUTATE_TESTS ?? "").split(",").filter((file) => file !== ""),
    setupFiles: "test/vitest/left-open.ts",
    provide: { settleMs: 2_000 },
    // What waits for ever ends here: where Stryker ends it, a process goes with it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
});
