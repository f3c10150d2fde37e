import { writeProblem } from "../../infra/config/problem.ts";
import { countProblems, loadTarget } from "./target.ts";

/** `duet config check`: tells every problem, and sets the exit code. */
export function checkConfig(target: string | undefined, { json, strict }: { json: boolean; strict: boolean }): void {
  const { problems, config } = loadTarget(target, process.env);
  for (const problem of problems) process.stdout.write(`${json ? JSON.stringify(problem) : writeProblem(problem)}\n`);
  if (!json) process.stdout.write(`${config.file ?? "no file"}: ${countProblems(problems)}\n`);
  if (problems.some(({ severity }) => strict || severity === "error")) process.exitCode = 1;
}
