/**
 * One process for many mutants. A mutant is a branch that a number switches on, so where it lies in a function the same
 * loaded files serve one mutant after another; vitest would start and load a process for each of them, which takes
 * twenty times as long as such tests do. What is computed while a file loads must be computed again: such a mutant, and
 * the run that finds which tests reach what, get a process of their own. So do all of them with MUTATE_FRESH, for files
 * that keep what they computed at first use.
 */
import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from "vitest/node";

/** What vitest's setting `pool` takes. */
export function createMutantPool(): PoolRunnerInitializer {
  let kept: ChildProcess | undefined;
  process.once("exit", () => kept?.kill("SIGKILL"));
  return {
    name: "process-for-many-mutants",
    createPoolWorker(options) {
      return createWorker(options, {
        take() {
          const child = kept;
          kept = undefined;
          return child?.connected ? child : undefined;
        },
        keep(child) {
          kept?.kill("SIGKILL");
          kept = child;
        },
      });
    },
  };
}

/** What Stryker's runner tells vitest of a run. */
interface ProvidedByStryker {
  readonly mode?: "dry-run" | "mutant";
  /** Whether the mutant is switched on before its file loads, or once it has. */
  readonly mutantActivation?: "static" | "runtime";
}

interface Shelf {
  take(): ChildProcess | undefined;
  keep(child: ChildProcess): void;
}

/** Which tests to run is told with each run: what a process was told at its start are those of its first mutant. */
function withNames(message: WorkerRequest, testNamePattern: RegExp | undefined): WorkerRequest {
  if (message.type !== "run") return message;
  const files = message.context.files.map((file) => ({ ...file, testNamePattern }));
  return { ...message, context: { ...message.context, files } };
}

function createWorker({ project, distPath, env }: PoolOptions, shelf: Shelf): PoolWorker {
  const { mode, mutantActivation } = project.getProvidedContext() as ProvidedByStryker;
  const isFresh = process.env.MUTATE_FRESH === "1" || mode === "dry-run" || mutantActivation === "static";
  // What the process would say of its start and its end, which it does not have for each mutant.
  const answers = new EventEmitter();
  let child: ChildProcess | undefined;
  let isReused = false;

  const started = () => {
    if (child === undefined) throw new Error("the process of a test file was used before it was started");
    return child;
  };
  const answer = (type: "started" | "stopped") =>
    void setImmediate(() => answers.emit("message", { type, __vitest_worker_response__: true }));

  return {
    // vitest's worker asks for the name of the pool that it was written for.
    name: "forks",
    cacheFs: true,
    on(event, callback) {
      started().on(event, callback);
      answers.on(event, callback);
    },
    off(event, callback) {
      child?.off(event, callback);
      answers.off(event, callback);
    },
    deserialize: (data) => data,
    send(message: WorkerRequest) {
      if (message.type === "start" && isReused) answer("started");
      else if (message.type === "stop" && !isFresh) answer("stopped");
      else if (started().connected) started().send(withNames(message, project.config.testNamePattern), () => {});
    },
    async start() {
      child = isFresh ? undefined : shelf.take();
      isReused = child !== undefined;
      child ??= fork(join(distPath, "workers/forks.js"), {
        env,
        execArgv: [],
        stdio: "ignore",
        serialization: "advanced",
      });
    },
    async stop() {
      const ending = started();
      ending.removeAllListeners("message");
      if (!isFresh && ending.connected) shelf.keep(ending);
      else if (ending.exitCode === null && ending.signalCode === null) {
        const exited = once(ending, "exit");
        ending.kill("SIGKILL");
        await exited;
      }
      child = undefined;
    },
  };
}
