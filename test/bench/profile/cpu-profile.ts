import { fileURLToPath } from "node:url";

/** As V8 writes it (`--cpu-prof`): who ran, at each sample. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** Ids of nodes, one a sample. */
  readonly samples: readonly number[];
  /** Microseconds between each sample and the one before it. */
  readonly timeDeltas: readonly number[];
}

/** Where a process spent its CPU. */
export interface Spent {
  /** All but idling, in milliseconds. */
  readonly busyMs: number;
  /** Of it garbage collection, 0 to 1. */
  readonly gcShare: number;
  /** By where the code lies, and by function; shares of what was busy, most first. */
  readonly rooms: readonly Share[];
  readonly functions: readonly Share[];
}

/** A name and its part of what was busy, 0 to 1. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

/** Adds up a profile: time counts for who ran, not for who called. `root` is the repository's. */
export function readProfile({ nodes, samples, timeDeltas }: CpuProfile, root: string): Spent {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const rooms = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  const add = (sums: Map<string, number>, name: string, micros: number) =>
    sums.set(name, (sums.get(name) ?? 0) + micros);
  for (const [index, id] of samples.entries()) {
    const { functionName, url, lineNumber } = frames.get(id) as CpuProfile["nodes"][number]["callFrame"];
    if (functionName === "(idle)" || functionName === "(root)") continue;
    // A sample stands for the time until the next one.
    const micros = timeDeltas[index + 1] ?? 0;
    busy += micros;
    const file = fileOf(url, root);
    add(rooms, file === "" ? functionName || "(native)" : roomOf(file), micros);
    add(functions, `${functionName || "(anonymous)"} ${file}${file === "" ? "" : `:${lineNumber + 1}`}`.trim(), micros);
  }
  const shares = (sums: Map<string, number>) =>
    [...sums]
      .map(([name, micros]) => ({ name, share: busy === 0 ? 0 : micros / busy }))
      .sort((a, b) => b.share - a.share);
  const sorted = shares(rooms);
  return {
    busyMs: busy / 1000,
    gcShare: sorted.find(({ name }) => name === "(garbage collector)")?.share ?? 0,
    rooms: sorted,
    functions: shares(functions),
  };
}

/** A file from the repository's root, or as Node names its own; empty for what is no file. */
function fileOf(url: string, root: string): string {
  if (!url.startsWith("file:")) return url;
  const path = fileURLToPath(url);
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

/** A package, a folder of ours, or a module of Node. */
function roomOf(file: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file) ?? [];
  if (name !== undefined) return name;
  if (file.startsWith("node:")) return file.split("/").slice(0, 2).join("/");
  return file.split("/").slice(0, -1).slice(0, 3).join("/");
}
