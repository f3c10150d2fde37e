import { variableOf } from "../../settings/setting.ts";
import type { LoadedConfig } from "../config.ts";
import type { Tree } from "../file/tree.ts";

/**
 * The variable that contains a secret in the environment in which a deployment is started: the one that the file names
 * in `{ env: NAME }`, otherwise the setting's own.
 */
export function secretVariable({ tree, given }: Pick<LoadedConfig, "tree" | "given">, path: string): string {
  const origin = given.get(path)?.origin;
  if (origin !== undefined && "variable" in origin) return variableOf(path);
  let at: Tree | undefined = tree;
  for (const step of path.split(".")) at = at?.kind === "map" ? at.entries.get(step)?.value : undefined;
  const named = at?.kind === "map" ? at.entries.get("env")?.value : undefined;
  return named?.kind === "scalar" && typeof named.value === "string" ? named.value : variableOf(path);
}
