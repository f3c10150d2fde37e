/**
 * A process for each test file, as vitest's own "forks" are, with three things that they lack: it is plain Node,
 * without flags of vitest's that children would inherit and that choose other files of a package than in production; it
 * is ended when its file takes too long, even if it is stuck in a loop; and when its file is done, the processes that
 * the file has started are looked for.
 *
 * A file's process begins a process group, so that its children are found by their group when their parent has ended,
 * and by their parents when they have begun a group of their own.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from "vitest/node";
import { descendantsOf, type RunningProcess, runningProcesses } from "../support/process-table.ts";
import type { Findings } from "./findings.ts";

/** How long things may take, in milliseconds. */
export interface PoolLimits {
  /** A file, from its start to the end of its last hook. */
  readonly fileMs: number;
  /** The processes that a file started, to end once it is done. */
  readonly endMs: number;
}

// Windows has neither process groups nor ps: there, nobody looks for what a file leaves.
const hasGroups = process.platform !== "win32";

/** What vitest's setting `pool` takes; `findings` hears of files that hang, crash or leave processes. */
export function createPool(limits: PoolLimits, findings: Findings): PoolRunnerInitializer {
  const running = new Set<number>();
  // A run that is broken off leaves nothing either.
  process.once("exit", () => {
    for (const pid of running) end(hasGroups ? -pid : pid);
  });
  return {
    name: "process-per-file",
    createPoolWorker: (options) => createWorker(options, limits, findings, running),
  };
}

function createWorker(
  options: PoolOptions,
  { fileMs, endMs }: PoolLimits,
  findings: Findings,
  running: Set<number>,
): PoolWorker {
  const { outputStream, errorStream } = options.project.vitest.logger;
  let child: ChildProcess | undefined;
  let file = "";
  let timer: NodeJS.Timeout | undefined;
  let left: Promise<RunningProcess[]> | undefined;
  let isExpectedToEnd = false;

  const started = () => {
    if (child === undefined) throw new Error("the process of a test file was used before it was started");
    return child;
  };
  const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
    clearTimeout(timer);
    if (!isExpectedToEnd && file !== "") findings.add(file, `ended its process (${signal ?? `exit code ${code}`})`);
  };

  // A process that is ending takes no more messages; its exit is told by its event.
  const post = (message: WorkerRequest) => void (child?.connected && child.send(message, () => {}));
  const lookForLeft = () => {
    left ??= child?.pid === undefined || !hasGroups ? Promise.resolve([]) : untilAlone(child.pid, endMs);
    return left;
  };

  return {
    // vitest's worker asks for the name of the pool that it was written for.
    name: "forks",
    cacheFs: true,
    on: (event, callback) => void started().on(event, callback),
    off: (event, callback) => void child?.off(event, callback),
    deserialize: (data) => data,
    send(message: WorkerRequest) {
      if (message.type === "run") {
        file = message.context.files[0]?.filepath ?? "";
        timer = setTimeout(() => {
          isExpectedToEnd = true;
          findings.add(file, `ran longer than ${fileMs / 1000} s and was ended`);
          started().kill("SIGKILL");
        }, fileMs);
      }
      // Once it is told to stop it may end by itself, and those it has left are then nobody's children.
      if (message.type === "stop")
        void lookForLeft().then(() => {
          isExpectedToEnd = true;
          post(message);
        });
      else post(message);
    },
    async start() {
      child = fork(join(options.distPath, "workers/forks.js"), {
        env: options.env,
        execArgv: [],
        detached: hasGroups,
        stdio: "pipe",
        serialization: "advanced",
      });
      child.on("exit", onExit);
      if (child.pid !== undefined) running.add(child.pid);
      child.stdout?.pipe(outputStream, { end: false });
      child.stderr?.pipe(errorStream, { end: false });
    },
    async stop() {
      isExpectedToEnd = true;
      clearTimeout(timer);
      const ending = started();
      const family = await lookForLeft();
      for (const { command } of family) findings.add(file, `left a process behind, which was ended: ${command}`);
      if (ending.exitCode === null && ending.signalCode === null) {
        const exited = once(ending, "exit");
        ending.kill("SIGTERM");
        const stuck = setTimeout(() => ending.kill("SIGKILL"), endMs);
        await exited;
        clearTimeout(stuck);
      }
      for (const { pid } of family) end(pid);
      if (ending.pid !== undefined) running.delete(ending.pid);
      child = undefined;
    },
  };
}

/** Waits until a file's process has no children or `limitMs` have passed; gives those that are left. */
async function untilAlone(pid: number, limitMs: number): Promise<RunningProcess[]> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const all = runningProcesses();
    const family = new Set(
      all.filter(({ group }) => group === pid).flatMap((member) => [member.pid, ...descendantsOf(member.pid, all)]),
    );
    const left = all.filter((each) => family.has(each.pid) && each.pid !== pid);
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(50);
  }
}

/** Ends a process, or a group if `pid` is negative. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}
