import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Clock, sleep } from "../clock/clock.ts";
import type { ListeningMessage } from "../process/lifecycle.ts";
import type { Print } from "./print.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Variables that make Node and glibc manage a child's memory as in Duet's image (docs/deployment.md): large buffers, in
 * which speech is passed on, return to the system as soon as they are freed. If the launcher's environment sets one of
 * these variables, that value is used.
 */
const lean = {
  NODE_OPTIONS: "--max-semi-space-size=2",
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "65536",
  MALLOC_TRIM_THRESHOLD_: "65536",
};

/** Which script to run as a child process of the launcher, and how. */
export interface ChildOptions {
  /** The name of the process in the log. */
  name: string;
  /** The script to run, relative to the root of the source tree. */
  script: string;
  /** Command-line arguments. */
  args?: string[];
  /** Variables that the child gets in addition to the launcher's own environment. */
  env?: Record<string, string>;
}

/** A child process of the launcher. */
export interface Child {
  /** The name of the process in the log. */
  readonly name: string;
  /** Resolves to the child's URL once it listens. Rejects with the reason if the child ends before that. */
  readonly listening: Promise<string>;
  /** Resolves with the reason why the child process ended, once its pipes have ended too. Never rejects. */
  readonly ended: Promise<string>;
  /** Asks the child to stop, and kills it if it is still running after `graceMs`. */
  stop(graceMs: number, clock: Clock): Promise<void>;
}

/**
 * Starts a process. It also stops when its IPC channel is closed, so that nothing outlives a launcher that was killed.
 * It has a process group of its own: Ctrl-C reaches only the launcher, which stops its children in order.
 */
export function startChild({ name, script, args = [], env = {} }: ChildOptions, print: Print): Child {
  const child = fork(join(root, script), args, {
    cwd: root,
    env: { ...lean, ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let isListening = false;
  // The lines on standard error before the process listens. If it never listens, they usually say why, so they become
  // the reason of the failure, which is reported only once.
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
      // After a crash the log gets the complete stack trace; only the most informative line of the trace becomes the
      // reason.
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
  // Whoever waits for `listening` gets its rejection; if nobody waits, the rejection must not end the launcher.
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

/** Kills the process, and any processes that it has started and left behind. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // There is nothing to kill: no process of the group is left.
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
