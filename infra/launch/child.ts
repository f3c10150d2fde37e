import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Clock, sleep } from "../clock/clock.ts";
import type { ListeningMessage } from "../process/lifecycle.ts";
import type { Print } from "./print.ts";

const root = join(import.meta.dirname, "../..");

/** What to run. */
export interface ChildOptions {
  /** Names it in the log. */
  name: string;
  /** Its file, from the root of the tree. */
  script: string;
  /** Command-line arguments. */
  args?: string[];
  /** Set besides the environment of this process. */
  env?: Record<string, string>;
}

/** A process of the house. */
export interface Child {
  /** Names it in the log. */
  readonly name: string;
  /** Where it listens, once it does. Rejects with the reason if it ends before. */
  readonly listening: Promise<string>;
  /** Resolves with the reason when it has ended, its process and its pipes. Never rejects. */
  readonly ended: Promise<string>;
  /** Asks it to stop, and ends it if it has not after `graceMs`. */
  stop(graceMs: number, clock: Clock): Promise<void>;
}

/**
 * Starts a process. It is told to stop by the loss of its IPC channel too, so that nothing outlives a launcher that was killed.
 * It has a process group of its own: Ctrl-C reaches the launcher alone, which stops its children in order.
 */
export function startChild({ name, script, args = [], env = {} }: ChildOptions, print: Print): Child {
  const child = fork(join(root, script), args, {
    cwd: root,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let isListening = false;
  // What a process says on standard error before it listens is why it could not start: told once, as the reason.
  const lastWords: string[] = [];
  onLine(child.stdout as Readable, (text) => print({ name, text }));
  onLine(child.stderr as Readable, (text) => {
    if (isListening) print({ name, text, level: "error" });
    else lastWords.push(text);
  });
  child.once("exit", () => killGroup(child));
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (status, signal) => {
      // A stack is for whoever mends it: the log has all of it, the reason its one telling line.
      const crash = lastWords.find((text) => /^\w*Error\b/.test(text));
      if (crash !== undefined) for (const text of lastWords) print({ name, text, level: "error" });
      resolve(crash ?? (lastWords.join("; ") || describeEnd(child, status, signal)));
    });
  });
  const listening = new Promise<string>((resolve, reject) => {
    child.on("message", (message: ListeningMessage) => {
      if (message.type !== "listening") return;
      isListening = true;
      for (const text of lastWords.splice(0)) print({ name, text, level: "warn" });
      resolve(message.url);
    });
    ended.then((reason) => reject(new Error(reason)));
  });
  // Whoever waits for it learns of the failure; nobody has to wait.
  listening.catch(() => {});
  return {
    name,
    listening,
    ended,
    async stop(graceMs, clock) {
      child.kill("SIGTERM");
      const done = new AbortController();
      const kill = sleep(clock, graceMs, done.signal).then(
        () => killGroup(child),
        () => {},
      );
      await ended;
      done.abort();
      await kill;
    },
  };
}

/** The process and whatever it has left behind. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left.
  }
}

function describeEnd(child: ChildProcess, status: number | null, signal: NodeJS.Signals | null): string {
  return signal === null
    ? `process ${child.pid} ended with status ${status}`
    : `process ${child.pid} was ended by ${signal}`;
}

function onLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
    if (line.trim() !== "") take(line);
  });
}
