import { existsSync } from "node:fs";
import { relative } from "node:path";
import type { LoadedConfig } from "../../infra/config/config.ts";
import { loadConfig } from "../../infra/config/load.ts";
import { type Problem, writeProblem } from "../../infra/config/problem.ts";
import { listProfiles } from "../../infra/config/profiles.ts";
import { fileVariable } from "../../infra/settings/shared.ts";

/**
 * Loads the config that a command is to work on: a file, or a profile that comes with Duet. If neither is found, throws
 * an Error that says what to do.
 */
export function loadTarget(
  target: string | undefined,
  env: NodeJS.ProcessEnv,
  options?: { readonly secrets: boolean },
): LoadedConfig {
  if (target === undefined) return loadConfig(env, undefined, options);
  if (existsSync(target)) return loadConfig({ ...env, [fileVariable.name]: target }, undefined, options);
  const profiles = listProfiles();
  const shipped = profiles.find(({ name }) => name === target)?.file;
  if (shipped === undefined)
    throw new Error(
      `${target} is neither a file nor one of the profiles ${profiles.map(({ name }) => name).join(", ")}`,
    );
  return loadConfig({ ...env, [fileVariable.name]: relative(process.cwd(), shipped) }, undefined, options);
}

/**
 * Loads a config for `duet render`, without the values of secrets, since a build machine has no secrets. Prints the
 * config's problems on standard error; returns undefined if one of them is an error.
 */
export function loadSound(target: string | undefined, env: NodeJS.ProcessEnv): LoadedConfig | undefined {
  const loaded = loadTarget(target, env, { secrets: false });
  for (const problem of loaded.problems) process.stderr.write(`${writeProblem(problem)}\n`);
  return loaded.problems.some(({ severity }) => severity === "error") ? undefined : loaded;
}

/** How many problems there are, by severity: `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (severity: Problem["severity"]) => {
    const found = problems.filter((problem) => problem.severity === severity).length;
    return `${found} ${severity}${found === 1 ? "" : "s"}`;
  };
  return `${count("error")}, ${count("warning")}`;
}
