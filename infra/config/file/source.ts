import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileVariable } from "../../settings/shared.ts";
import type { Problem } from "../problem.ts";
import type { Tree } from "./tree.ts";

const require = createRequire(import.meta.url);

/** The config file after parsing. */
export interface Source {
  /** The path of the config file; undefined if there is no config file. */
  readonly file: string | undefined;
  /** The parsed contents of the file; an empty map if there is no file. */
  readonly tree: Tree & { kind: "map" };
  readonly problems: readonly Problem[];
}

const defaultFile = "duet.yaml";

/** Finds and parses the config file; `text` is the contents of a file that is not on disk. Never throws. */
export function readSource(env: NodeJS.ProcessEnv, text?: string): Source {
  const named = env[fileVariable.name] || undefined;
  const file = named ?? (text !== undefined || existsSync(defaultFile) ? defaultFile : undefined);
  const nothing: Source["tree"] = { kind: "map", origin: undefined, entries: new Map() };
  if (file === undefined) return { file, tree: nothing, problems: [] };
  // The YAML parser is only loaded if there is a config file.
  const { parseTree } = require("./parse.ts") as typeof import("./parse.ts");
  try {
    const { tree, problems } = parseTree(file, text ?? readFileSync(file, "utf8"));
    return { file, tree: tree.kind === "map" ? tree : nothing, problems };
  } catch (error) {
    const message = `the config file ${file} cannot be read: ${(error as Error).message}`;
    const origin = named === undefined ? undefined : { variable: fileVariable.name };
    const remedy = named === undefined ? "Make the file readable." : `Correct ${fileVariable.name}, or unset it.`;
    return { file, tree: nothing, problems: [{ severity: "error", origin, path: "", message, remedy }] };
  }
}
