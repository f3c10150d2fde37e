/**
 * Runs a file for one of its tests after the other, as Stryker's runner does for mutants that one test or another
 * reaches, and prints a line of JSON for each: the tests that ran, and what they said.
 */
import { resolve } from "node:path";
import { createVitest } from "vitest/node";

const file = resolve(import.meta.dirname, "two.case.ts");
process.env.MUTATE_TESTS = file;
const vitest = await createVitest("test", {
  config: resolve(import.meta.dirname, "../vitest.config.ts"),
  maxWorkers: 1,
  watch: false,
  reporters: [{}],
});
const provide = vitest.provide as (name: string, value: string) => void;
provide.call(vitest, "mode", "mutant");
provide.call(vitest, "mutantActivation", "runtime");
for (const name of ["first", "second", "first"]) {
  vitest.state.filesMap.clear();
  for (const project of vitest.projects) project.config.testNamePattern = new RegExp(`^${name}$`);
  await vitest.start([file]);
  const tasks = vitest.state.getFiles().flatMap((one) => one.tasks);
  const ran = tasks.filter(({ mode }) => mode === "run");
  const told = ran.map((test) => [test.name, test.result?.errors?.[0]?.message ?? "passed"]);
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
await vitest.close();
process.exit(0);
