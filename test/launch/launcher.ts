import { spawn } from "node:child_process";
import { join } from "node:path";
import type { ListeningMessage } from "../../infra/process/lifecycle.ts";
import { environment } from "../support/environment.ts";
import { descendantsOf, stillRunning } from "../support/process-table.ts";

const root = join(import.meta.dirname, "../..");

/** `npm start`, running. */
export interface Launcher {
  /** Its process id; it leads a process group of its own, as in a terminal. */
  readonly pid: number;
  /** The page's address; rejects with all that was printed if the launcher ends before. */
  readonly page: Promise<string>;
  /** How it ended. */
  readonly ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
  /** All that it printed so far. */
  readonly output: () => string;
  /** Ends whatever is left of it: for the end of a test. */
  readonly end: () => Promise<void>;
}

/** Starts the launcher with these settings and no others. */
export function startLauncher(settings: Record<string, string>, args: string[] = []): Launcher {
  const child = spawn(process.execPath, ["infra/launch/main.ts", ...args], {
    cwd: root,
    env: environment(settings),
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const pid = child.pid as number;
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const ended = new Promise<{ status: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once("close", (status, signal) => resolve({ status, signal })),
  );
  const page = new Promise<string>((resolve, reject) => {
    child.once("message", (message: ListeningMessage) => resolve(message.url));
    ended.then(({ status }) => reject(new Error(`ended with status ${status}:\n${output}`)));
  });
  page.catch(() => {});
  const end = async () => {
    for (const left of stillRunning([pid, ...descendantsOf(pid)])) process.kill(left, "SIGKILL");
    await ended;
  };
  return { pid, page, ended, output: () => output, end };
}
