import { fork } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Bundled, Script } from "./bundler.ts";

const bundler = fileURLToPath(new URL("bundler.ts", import.meta.url));

/** The scripts that the next bundler process will bundle. */
let asked: Script[] = [];
let answering: Promise<readonly Bundled[]> | undefined;

/**
 * Bundles a browser module with all its imports into one minified script; throws if bundling fails. Modules named in
 * `apart` are left out: the browser loads them from the given address, relative to the script. The work is done in a
 * separate process, one for all scripts that are waiting: a bundler takes 150 MB of memory, which this process would
 * never release.
 */
export async function bundle(entry: string, apart: Readonly<Record<string, string>> = {}): Promise<string> {
  const place = asked.push({ entry, apart }) - 1;
  answering ??= setImmediate().then(() => {
    const scripts = asked;
    asked = [];
    answering = undefined;
    return runBundler(scripts);
  });
  const bundled = (await answering)[place];
  if (bundled?.code === undefined) throw new Error(`${entry} could not be bundled: ${bundled?.error}`);
  return bundled.code;
}

/** Runs the bundler in a child process, which neither keeps this process alive nor outlives it. */
async function runBundler(scripts: readonly Script[]): Promise<readonly Bundled[]> {
  const { NODE_COMPILE_CACHE } = process.env;
  const env = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
  const child = fork(bundler, { env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.unref();
  child.channel?.unref();
  return new Promise((resolve, reject) => {
    child.once("message", (bundled) => resolve(bundled as readonly Bundled[]));
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`the bundler ended with ${signal ?? `status ${code}`}`)));
    child.send(scripts);
  });
}
