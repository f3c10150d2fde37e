import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { createMutantPool } from "./pool.ts";

const named = (setting: string | undefined): string[] => (setting ?? "").split(",").filter((file) => file !== "");
const tests = named(process.env.MUTATE_TESTS);

/** Tries the files in the order in which they are named: a mutant is done with at the first test that notices it. */
class AsNamed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => tests.findIndex((file) => moduleId.endsWith(`/${file}`));
    return files.sort((a, b) => place(a) - place(b));
  }
}

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
    include: tests,
    sequence: { sequencer: AsNamed },
    setupFiles: ["test/vitest/left-open.ts", ...named(process.env.MUTATE_LOAD)],
    provide: { settleMs: 2_000 },
    // What waits for ever ends here: where Stryker ends it, a process goes with it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
});
