import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { processes } from "../../config/processes.ts";
import { bundleFolder, isFresh, type Sources, stateOf } from "../../process/bundled.ts";

/** How bundles are made. */
export interface MakeOptions {
  /** The root of the source tree to bundle. Default: the tree that contains this file. */
  readonly root?: string;
  /**
   * The entry module of each program, by the program's name; paths are relative to the root. Default: the programs that
   * run in production.
   */
  readonly entries?: Readonly<Record<string, string>>;
  /** Whether the sources no longer change: programs then start without checking whether their sources have changed. */
  readonly sealed?: boolean;
}

const productionEntries = Object.fromEntries(
  Object.entries(processes).map(([name, { script }]) => [name, `${dirname(script)}/run.ts`]),
);

/**
 * CommonJS packages that are not bundled: they are large, or read files from their own folders, and few deployments
 * load them.
 */
const apart = ["@evan/opus", "wasm-media-encoders", "ioredis", "rate-limiter-flexible"];

/** Makes the bundles that are missing or out of date, or with `sealed` all bundles; returns the names of those made. */
export async function makeBundles({
  root = join(import.meta.dirname, "../../.."),
  entries = productionEntries,
  sealed = false,
}: MakeOptions = {}): Promise<string[]> {
  const made: string[] = [];
  for (const [program, entry] of Object.entries(entries)) {
    if (!sealed && isFresh(program, root)) continue;
    await makeBundle(root, program, entry, sealed);
    made.push(program);
  }
  return made;
}

async function makeBundle(root: string, program: string, entry: string, sealed: boolean): Promise<void> {
  const sources: Record<string, string> = {};
  const note = (file: string) => {
    // The file's state is noted before its text is read, so that a change during the read is noticed later.
    const state = stateOf(join(root, file));
    if (state !== undefined) sources[file] = state;
  };
  // These files count as sources as well, since they say which packages are installed, and in which versions.
  for (const file of ["package.json", "node_modules/.package-lock.json"]) note(file);
  const build = await rolldown({
    cwd: root,
    input: { program: entry },
    platform: "node",
    logLevel: "silent",
    external: apart,
    plugins: [
      {
        name: "sources",
        load(id) {
          if (isOwn(root, id)) note(relative(root, id));
        },
        transform: (code, id) =>
          code.includes("import.meta")
            ? // The definition stays on the module's first line, so that the module's line numbers do not change.
              {
                code: `const metaHere = metaOf(${JSON.stringify(placeOf(root, id))});${code.replaceAll("import.meta", "metaHere")}`,
                map: null,
              }
            : undefined,
      },
    ],
  });
  try {
    // The bundle is CommonJS: importing Node's built-in modules as ES modules would load everything they
    // export lazily.
    const { output } = await build.generate({
      format: "cjs",
      dir: bundleFolder(program),
      entryFileNames: "[name].cjs",
      // Dynamically imported modules are included, so that a running program still finds them while its bundle is
      // replaced.
      codeSplitting: false,
      banner: metaOf(relative(bundleFolder(program), ".")),
      // The bundle has no comments. Stack traces still have lines and names, since these are in the source map.
      comments: false,
      sourcemap: true,
      sourcemapExcludeSources: true,
    });
    const files = output.map(
      (file) => [file.fileName, file.type === "chunk" ? inLatin1(file.code) : file.source] as const,
    );
    const noted: Sources = sealed ? {} : sources;
    place(join(root, bundleFolder(program)), [...files, ["sources.json", JSON.stringify(noted)]]);
  } finally {
    await build.close();
  }
}

/**
 * Escapes the characters that are not in Latin-1. V8 keeps the source of a running program in memory, with two bytes
 * for each character if even a single character is not in Latin-1: 8 MB for a bundle of 4 MB. Code with such characters
 * in raw templates is returned unchanged, since an escape would change the value of the template.
 */
export function inLatin1(code: string): string {
  if (/\bString\.raw`[^`]*[^\0-\xff]/.test(code)) return code;
  return code.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function isOwn(root: string, id: string): boolean {
  return id.startsWith(root) && !id.includes("/node_modules/");
}

/**
 * The path of a module, relative to the root of the tree in which it will run. Packages are assumed to be in that
 * tree's `node_modules`, even if they are elsewhere while an image is built.
 */
function placeOf(root: string, id: string): string {
  return isOwn(root, id) ? relative(root, id) : id.slice(id.indexOf("/node_modules/") + 1);
}

/**
 * Code that stands for `import.meta` in a bundle: it gives the values that `import.meta` would have in the source
 * module, in the tree that contains the bundle.
 */
function metaOf(toRoot: string): string {
  return `const metaOf = (file) => {
  const filename = require("node:path").join(__dirname, ${JSON.stringify(toRoot)}, file);
  const url = require("node:url").pathToFileURL(filename).href;
  const resolve = (name) => require("node:url").pathToFileURL(require("node:module").createRequire(filename).resolve(name)).href;
  return { filename, dirname: require("node:path").dirname(filename), url, resolve };
};`;
}

/**
 * Writes the files of a bundle, each atomically. The list of sources is written last: without it, the folder does not
 * count as a bundle.
 */
function place(folder: string, files: readonly (readonly [string, string | Uint8Array])[]): void {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "sources.json"), { force: true });
  for (const [name, content] of files) {
    const beside = join(folder, `${name}.${process.pid}`);
    writeFileSync(beside, content);
    renameSync(beside, join(folder, name));
  }
}
