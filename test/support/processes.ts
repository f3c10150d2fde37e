import { spawn } from "node:child_process";
import { once } from "node:events";
import type { ListeningMessage } from "../../infra/process/lifecycle.ts";
import { environment } from "./environment.ts";

/** A program of this repository that runs as a child process. */
export interface Program {
  /** Where it listens. */
  readonly url: string;
  /** Its process, for tests that kill it. */
  readonly pid: number;
  /** The end of what it wrote, logs and complaints. */
  readonly written: string;
  /** Sends it a message and waits for one of the same type; rejects if it ends before. */
  ask<Answer extends Question>(question: Question): Promise<Answer>;
  /** Tells it to stop and waits until it has ended. */
  stop(): Promise<void>;
}

/** What is asked of a program by its parent; the answer has the same type. */
export interface Question {
  readonly type: string;
}

/** How a program is started. */
export interface StartOptions {
  /** Arguments of the program. */
  readonly args?: readonly string[];
  /** Options of Node. */
  readonly nodeArgs?: readonly string[];
}

/**
 * Starts `main` (a path from the repository's root) and waits until it listens; rejects with what it wrote if it ends
 * before.
 */
export async function startProgram(
  main: string,
  env: Record<string, string>,
  { args = [], nodeArgs = [] }: StartOptions = {},
): Promise<Program> {
  const child = spawn(process.execPath, [...nodeArgs, main, ...args], {
    cwd: new URL("../../", import.meta.url),
    env: environment({ DUET_LOG_LEVEL: "warn", ...env }),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (part: Buffer) => {
      written = (written + part).slice(-10_000);
    });
  const ended = once(child, "exit");
  const listening = new Promise<string>((resolve) =>
    child.on("message", (message: ListeningMessage) => message.type === "listening" && resolve(message.url)),
  );
  const url = await Promise.race([
    listening,
    ended.then(([code]) => Promise.reject(new Error(`${main} ended with ${code}: ${written}`))),
  ]);
  return {
    url,
    pid: child.pid as number,
    get written() {
      return written;
    },
    ask<Answer extends Question>(question: Question) {
      return new Promise<Answer>((resolve, reject) => {
        const onMessage = (message: Answer) => {
          if (message.type === question.type) settle(() => resolve(message));
        };
        const onExit = () => settle(() => reject(new Error(`${main} ended: ${written}`)));
        const settle = (end: () => void) => {
          child.off("message", onMessage).off("exit", onExit);
          end();
        };
        child.on("message", onMessage).on("exit", onExit);
        if (child.exitCode !== null || child.signalCode !== null) onExit();
        else child.send(question, (error) => error && onExit());
      });
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
}
