import type { Origin } from "../problem.ts";

/** A value of a config file, with the position where it is written. */
export type Tree =
  | { readonly kind: "map"; readonly origin: Origin; readonly entries: Map<string, Entry> }
  | { readonly kind: "list"; readonly origin: Origin; readonly items: readonly Tree[] }
  | {
      readonly kind: "scalar";
      readonly origin: Origin;
      readonly value: Scalar;
      /** A number as it is written: as values, versions such as `0.30` and `0.3` would be equal. */
      readonly source?: string;
    };

/** A single value, neither map nor list; null is written as `null`, as `~`, or as nothing. */
export type Scalar = string | number | bigint | boolean | null;

/** A member of a map in the config file: its value, and where its key is written. */
export interface Entry {
  /** The position of the member's key. */
  readonly origin: Origin;
  readonly value: Tree;
}

/** The position of the key at a path; if the file does not have this key, that of the closest key above it. */
export function originOf(tree: Tree, path: string): Origin {
  let at: Tree | undefined = tree;
  let origin: Origin;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    const entry: Entry | undefined =
      at?.kind === "map"
        ? at.entries.get(step)
        : at?.kind === "list" && at.items[Number(step)] !== undefined
          ? { origin: at.items[Number(step)]?.origin, value: at.items[Number(step)] as Tree }
          : undefined;
    if (entry === undefined) break;
    [at, origin] = [entry.value, entry.origin];
  }
  return origin;
}

/** Sets the value at a path; maps on the way are created. Changes the tree. */
export function overlay(tree: Tree & { kind: "map" }, path: string, value: Tree): void {
  const steps = path.split(".");
  let at = tree;
  for (const step of steps.slice(0, -1)) {
    const below = at.entries.get(step)?.value;
    if (below?.kind === "map") at = below;
    else {
      const made = { kind: "map" as const, origin: value.origin, entries: new Map<string, Entry>() };
      at.entries.set(step, { origin: value.origin, value: made });
      at = made;
    }
  }
  at.entries.set(steps.at(-1) as string, { origin: value.origin, value });
}
