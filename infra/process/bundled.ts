import { createRequire } from "node:module";
import { join } from "node:path";

// An `import` is avoided, since it would also load everything that the module exports lazily.
const { readFileSync, rmSync, statSync } = process.getBuiltinModule("node:fs");

/**
 * The source files that a bundle was made from: maps each path, relative to the root of the tree, to what `stateOf`
 * returned when the bundle was made.
 */
export type Sources = Readonly<Record<string, string>>;

const treeRoot = join(import.meta.dirname, "../..");

/**
 * The folder of a program's bundle, relative to the root of the tree. It contains `program.cjs`, its source map, and
 * `sources.json`.
 */
export function bundleFolder(program: string): string {
  return `.cache/bundles/${program}`;
}

/**
 * Runs a program from its bundle: one file to read instead of hundreds of sources. Returns false if the bundle is
 * missing, was made before a source changed, or cannot be loaded: the caller then runs the sources.
 */
export function runBundle(program: string, root = treeRoot): boolean {
  if (!isFresh(program, root)) return false;
  const folder = join(root, bundleFolder(program));
  try {
    createRequire(join(folder, "sources.json"))("./program.cjs");
    return true;
  } catch {
    // The error may be in the program and not in its bundle: then it occurs again when the caller runs the sources.
    discard(folder);
    return false;
  }
}

/** Whether a program has a bundle that was made from the sources as they are now. */
export function isFresh(program: string, root = treeRoot): boolean {
  try {
    const text = readFileSync(join(root, bundleFolder(program), "sources.json"), "utf8");
    return Object.entries(JSON.parse(text) as Sources).every(([file, state]) => stateOf(join(root, file)) === state);
  } catch {
    return false;
  }
}

/** Makes a bundle that cannot be loaded count as missing, so that it is made again. */
function discard(folder: string): void {
  try {
    rmSync(join(folder, "sources.json"), { force: true });
  } catch {
    // We have no permission to change the folder, so the bundle stays.
  }
}

/** Identifies the present contents of a file by its size and modification time; undefined if there is no such file. */
export function stateOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.size} ${Math.trunc(stat.mtimeMs)}`;
}
