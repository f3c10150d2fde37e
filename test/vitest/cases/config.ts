/**
 * What the tests of the house's rules run vitest with: the same rules on the files of this folder, with less patience.
 */
import { defineConfig } from "vitest/config";
import { houseRules } from "../house.ts";

const { reporters, perProject } = houseRules({ testMs: 20_000, fileMs: 8_000, settleMs: 500, endMs: 300 });

export default defineConfig({
  test: { ...perProject, reporters, include: ["test/vitest/cases/*.case.ts"], maxWorkers: 2 },
});
