import { fork } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Bundled, Script } from "./bundler.ts";

const bundler = fileURLToPath(new URL("bundler.ts", import.meta.url));

/** Those that are asked for before a bundler is started for them. */
let asked: Script[] = [];
let answering: Promise<readonly Bundled[]> | undefined;

/**
 * Bundles a browser module with all that it imports into one minified script; throws if it cannot. What is imported by a name of `apart` stays
 * out of it: the browser loads it from the address there, relative to the script's own. A process of its own does it, one for all that is asked for at once:
 * a bundler takes 150 MB that it would not give back.
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

/** Keeps no process running that has nothing else to do; the bundler ends with it. */
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
