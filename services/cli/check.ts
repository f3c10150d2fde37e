import { judgeFiles } from "../../infra/config/named/files.ts";
import { writeProblem } from "../../infra/config/problem.ts";
import { countProblems, loadTarget } from "./target.ts";

/** `duet config check`: tells every problem, also of the files that are named, and sets the exit code. */
export function checkConfig(target: string | undefined, { json, strict }: { json: boolean; strict: boolean }): void {
  const loaded = loadTarget(target, process.env);
  const problems = [...loaded.problems, ...judgeFiles(loaded)];
  for (const problem of problems) process.stdout.write(`${json ? JSON.stringify(problem) : writeProblem(problem)}\n`);
  if (!json) process.stdout.write(`${loaded.config.file ?? "no file"}: ${countProblems(problems)}\n`);
  if (problems.some(({ severity }) => strict || severity === "error")) process.exitCode = 1;
}
