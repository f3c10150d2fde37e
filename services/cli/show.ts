import { showConfig } from "../../infra/config/docs/show.ts";
import { countProblems, loadTarget } from "./target.ts";

/** Runs `duet config show`: prints the effective config; if the config has errors, sets the exit code to 1. */
export function showTarget(target: string | undefined): void {
  const loaded = loadTarget(target, process.env);
  process.stdout.write(showConfig(loaded));
  if (!loaded.problems.some(({ severity }) => severity === "error")) return;
  process.exitCode = 1;
  process.stderr.write(`duet config show: ${countProblems(loaded.problems)}: run duet config check to list them\n`);
}
