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
  /** Tells it to stop and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts `main` (a path from the repository's root) and waits until it listens; rejects with what it wrote if it ends before. */
export async function startProgram(
  main: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<Program> {
  const child = spawn(process.execPath, [main, ...args], {
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
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
}
