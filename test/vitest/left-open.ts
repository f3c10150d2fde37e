/**
 * Runs in the process of every test file, before it: fails a file that leaves something open.
 *
 * When the tests and hooks of a file have ended, what they closed gets a moment to be gone: a socket that was told to
 * close needs a few turns of the event loop. Whatever keeps the process running after that has been left, and so has an
 * HTTP/2 session, which may lie idle without keeping anything running. A hook notes where things are made, so that the
 * message can say it.
 *
 * vitest's `detectAsyncLeaks` is not used: it takes a long stack trace of every promise, which makes tests that stream
 * up to eighteen times slower. Promises are not looked at here: one that nobody settles holds nothing but memory.
 */
import { createHook } from "node:async_hooks";
import { pathToFileURL } from "node:url";
import { getCallSites } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, inject } from "vitest";

const session = "an HTTP/2 session";
const timer = "a timer";

/** What is told of, by Node's names for it. */
const kinds: Readonly<Record<string, string>> = {
  TCPSERVERWRAP: "a server",
  PIPESERVERWRAP: "a server on a pipe",
  TCPWRAP: "a socket",
  TCPCONNECTWRAP: "a socket that connects",
  UDPWRAP: "a UDP socket",
  HTTP2SESSION: session,
  Timeout: timer,
  PROCESSWRAP: "a child process",
  WORKER: "a worker",
  FSEVENTWRAP: "a watcher of files",
  STATWATCHER: "a watcher of a file",
};

interface Thing {
  readonly kind: string;
  /** False once it no longer keeps the process running. */
  readonly isHeld: () => boolean;
  /**
   * The innermost place in the repository's own files where it was made, or what it came of; undefined if there is
   * none.
   */
  readonly place: string | undefined;
}

const root = `${pathToFileURL(process.cwd()).href}/`;
const things = new Map<number, Thing>();
// Kept from before the file could put a clock of its own in their place.
const { setTimeout: later, performance: clock } = globalThis;
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const hook = createHook({
  init(id, type, triggerId, resource) {
    const kind = kinds[type];
    if (kind === undefined) return;
    const ref = new WeakRef(resource as { hasRef?(): boolean });
    const isHeld = () => kind === session || (ref.deref()?.hasRef?.() ?? false);
    // A server's socket is made by no line of a program. Timers are made by the thousand, and a long look takes 0.1 ms.
    things.set(id, { kind, isHeld, place: placeHere(kind === timer ? 8 : 50) ?? things.get(triggerId)?.place });
  },
  destroy(id) {
    things.delete(id);
  },
  trackPromises: false,
});
const atStart = process.getActiveResourcesInfo();
hook.enable();

afterAll(async () => {
  const deadline = clock.now() + inject("settleMs");
  let left = leftOpen();
  while (left.length > 0 && clock.now() < deadline) {
    // A timer that does not count as left open itself.
    await new Promise((resolve) => later(resolve, 5).unref());
    // Node tells that a session has ended only when its object is collected.
    if (left.some((what) => what.startsWith(session))) collectGarbage();
    left = leftOpen();
  }
  hook.disable();
  if (left.length > 0) throw new Error(`left open after the last test: ${left.join("; ")}`);
});

/**
 * What is open, each with the place that it was made in if that is known; by Node's names if the hook has seen nothing.
 */
function leftOpen(): string[] {
  const named = new Set<string>();
  for (const { kind, isHeld, place } of things.values()) {
    // vitest has timers too.
    if (!isHeld() || (kind === timer && place === undefined)) continue;
    named.add(place === undefined ? kind : `${kind}, made in ${place}`);
  }
  return named.size > 0 ? [...named] : running();
}

/** What keeps this process running besides vitest. */
function running(): string[] {
  const names = process.getActiveResourcesInfo();
  for (const name of atStart) if (names.includes(name)) names.splice(names.indexOf(name), 1);
  return names;
}

/**
 * Looks through `depth` callers. Taken at once: a stack that is kept for later keeps all objects that it runs through.
 */
function placeHere(depth: number): string | undefined {
  for (const { scriptName, lineNumber } of getCallSites(depth))
    if (scriptName.startsWith(root) && !scriptName.includes("/node_modules/") && scriptName !== import.meta.url)
      return `${scriptName.slice(root.length).replace(/\?.*/, "")}:${lineNumber}`;
  return undefined;
}
