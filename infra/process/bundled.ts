import { createRequire } from "node:module";
import { join } from "node:path";

// An import would load all that it could export, too.
const { readFileSync, rmSync, statSync } = process.getBuiltinModule("node:fs");

/**
 * The files that a bundle was made of, as they were then: by their paths from the root of the tree, what tells each
 * from any other.
 */
export type Sources = Readonly<Record<string, string>>;

const treeRoot = join(import.meta.dirname, "../..");

/**
 * Where the bundle of a program lies, from the root of the tree: its `program.cjs`, the map of that, and
 * `sources.json`.
 */
export function bundleFolder(program: string): string {
  return `.cache/bundles/${program}`;
}

/**
 * Runs a program from its bundle: one file to read, where its sources are hundreds. Returns false, with nothing run, if
 * there is none, if a source has changed since, or if it cannot be loaded: the sources are to be run then.
 */
export function runBundle(program: string, root = treeRoot): boolean {
  if (!isFresh(program, root)) return false;
  const folder = join(root, bundleFolder(program));
  try {
    createRequire(join(folder, "sources.json"))("./program.cjs");
    return true;
  } catch {
    // If the program is wrong and not its bundle, its sources tell.
    discard(folder);
    return false;
  }
}

/** Whether a program has a bundle, and its sources are what they were when it was made. */
export function isFresh(program: string, root = treeRoot): boolean {
  try {
    const text = readFileSync(join(root, bundleFolder(program), "sources.json"), "utf8");
    return Object.entries(JSON.parse(text) as Sources).every(([file, state]) => stateOf(join(root, file)) === state);
  } catch {
    return false;
  }
}

/** Has a bundle that cannot be loaded made anew. */
function discard(folder: string): void {
  try {
    rmSync(join(folder, "sources.json"), { force: true });
  } catch {
    // It is not ours to write.
  }
}

/** Tells a file from what it was before and will be: its length and the time when it was written. */
export function stateOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.size} ${Math.trunc(stat.mtimeMs)}`;
}
