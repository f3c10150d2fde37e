import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { processes } from "../../config/processes.ts";
import { bundleFolder, isFresh, type Sources, stateOf } from "../../process/bundled.ts";

/** How bundles are made. */
export interface MakeOptions {
  /** The tree that they are made of; this one by default. */
  readonly root?: string;
  /** What each is made of: its first module, from the root. By default the programs that run in production. */
  readonly entries?: Readonly<Record<string, string>>;
  /** Whether the sources are not to change any more: starts do not look at them then. */
  readonly sealed?: boolean;
}

const productionEntries = Object.fromEntries(
  Object.entries(processes).map(([name, { script }]) => [name, `${dirname(script)}/run.ts`]),
);

/**
 * Packages in CommonJS that stay where they are: they are large, or read files beside them, and few deployments load
 * them.
 */
const apart = ["@evan/opus", "wasm-media-encoders", "ioredis", "rate-limiter-flexible"];

/** Makes the bundles that are missing or of other sources; returns the names of those made. */
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
    // Before it is read, so that what is written meanwhile is seen.
    const state = stateOf(join(root, file));
    if (state !== undefined) sources[file] = state;
  };
  // What packages there are, and of which version.
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
            ? // On one line: what follows stays where it is.
              {
                code: `const metaHere = metaOf(${JSON.stringify(placeOf(root, id))});${code.replaceAll("import.meta", "metaHere")}`,
                map: null,
              }
            : undefined,
      },
    ],
  });
  try {
    // As CommonJS: to import Node's own modules as ECMAScript modules would load all of what they could export.
    const { output } = await build.generate({
      format: "cjs",
      dir: bundleFolder(program),
      entryFileNames: "[name].cjs",
      // Whatever is loaded later, too: a running program is to find it, though its bundle is made anew meanwhile.
      codeSplitting: false,
      banner: metaOf(relative(bundleFolder(program), ".")),
      // Lines and names stay, for stack traces.
      comments: false,
      sourcemap: true,
      sourcemapExcludeSources: true,
    });
    const files = output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source] as const);
    const noted: Sources = sealed ? {} : sources;
    place(join(root, bundleFolder(program)), [...files, ["sources.json", JSON.stringify(noted)]]);
  } finally {
    await build.close();
  }
}

function isOwn(root: string, id: string): boolean {
  return id.startsWith(root) && !id.includes("/node_modules/");
}

/**
 * Where a module lies, from the root of the tree that is to run it. Packages may be elsewhere while an image is built.
 */
function placeOf(root: string, id: string): string {
  return isOwn(root, id) ? relative(root, id) : id.slice(id.indexOf("/node_modules/") + 1);
}

/** What stands for `import.meta` in a bundle: that of the source, in the tree that the bundle lies in. */
function metaOf(toRoot: string): string {
  return `const metaOf = (file) => {
  const filename = require("node:path").join(__dirname, ${JSON.stringify(toRoot)}, file);
  const url = require("node:url").pathToFileURL(filename).href;
  const resolve = (name) => require("node:url").pathToFileURL(require("node:module").createRequire(filename).resolve(name)).href;
  return { filename, dirname: require("node:path").dirname(filename), url, resolve };
};`;
}

/** Writes the files of a bundle, each as a whole; its list of sources last, which makes it one. */
function place(folder: string, files: readonly (readonly [string, string | Uint8Array])[]): void {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "sources.json"), { force: true });
  for (const [name, content] of files) {
    const beside = join(folder, `${name}.${process.pid}`);
    writeFileSync(beside, content);
    renameSync(beside, join(folder, name));
  }
}
