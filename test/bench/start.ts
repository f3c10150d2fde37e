/**
 * How long edge, Generate and Synthesize take from their start to their first answer, and how many modules they load
 * until then.
 *
 *     node test/bench/start.ts [--runs 9] [--before FOLDER]
 *
 * The first answer is that of `/healthz`. `kept`: what Node compiled at an earlier start is there; `anew`: it compiles
 * everything. Times are medians in milliseconds. With `--before`, another checkout of Duet is started in turn with this
 * one, so that both meet the same machine, and the last column is the ratio of the two medians. Run it on a machine
 * that does nothing else.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { listen } from "../../infra/net/address.ts";
import { environment } from "../support/environment.ts";
import { percentile } from "../support/load.ts";
import type { LoadedMessage } from "../support/loaded.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "9" }, before: { type: "string" } } });
const runs = Number(values.runs);
const here = join(import.meta.dirname, "../..");
const trees = { ...(values.before !== undefined && { before: resolve(values.before) }), now: here };
const anyPort = "127.0.0.1:0";

interface Start {
  readonly main: string;
  /** Its variables, if it answers at this port. */
  readonly env: (port: number) => Record<string, string>;
}

const starts: Readonly<Record<string, Start>> = {
  edge: { main: "edge/main.ts", env: (port) => ({ DUET_EDGE_LISTEN: `127.0.0.1:${port}` }) },
  generate: {
    main: "services/generate/main.ts",
    env: (port) => ({
      DUET_VLLM_URL: "http://127.0.0.1:9",
      DUET_GENERATE_LISTEN: anyPort,
      DUET_GENERATE_ADMIN_LISTEN: `127.0.0.1:${port}`,
    }),
  },
  synthesize: {
    main: "services/synthesize/main.ts",
    env: (port) => ({
      DUET_FISH_URL: "http://127.0.0.1:9",
      DUET_SYNTHESIZE_LISTEN: anyPort,
      DUET_SYNTHESIZE_ADMIN_LISTEN: `127.0.0.1:${port}`,
    }),
  },
};

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "-");
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Has a tree's programs bundled, if it knows how: they start from one file each then. */
function makeBundles(tree: string): void {
  const script = join(tree, "infra/deploy/bundle/main.ts");
  if (existsSync(script))
    execFileSync(process.execPath, [script], { cwd: tree, stdio: ["ignore", "ignore", "inherit"] });
}

/** Ends a process as its supervisor would, so that what was compiled is kept. */
async function end(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null ? once(child, "exit") : undefined;
  child.kill("SIGTERM");
  await ended;
}

function begin(tree: string, main: string, env: Record<string, string>, nodeArgs: readonly string[] = []) {
  return spawn(process.execPath, [...nodeArgs, main], {
    cwd: tree,
    env: environment({ DUET_LOG_LEVEL: "error", ...env }),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** Milliseconds until a process that is started now answers. */
async function timeStart(tree: string, { main, env }: Start, kept: Record<string, string>): Promise<number> {
  const port = await freePort();
  const since = performance.now();
  const child = begin(tree, main, { ...env(port), ...kept });
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${main} ended with status ${child.exitCode}`);
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      if (answer?.ok) return performance.now() - since;
      await sleep(2);
    }
  } finally {
    await end(child);
  }
}

/** Modules, all packages together, that a process has loaded when it listens. */
async function countModules(tree: string, { main, env }: Start): Promise<number> {
  const child = begin(tree, main, env(await freePort()), ["--import", join(here, "test/support/loaded.ts")]);
  try {
    const [{ modules }] = (await once(child, "message")) as [LoadedMessage];
    return Object.values(modules).reduce((sum, count) => sum + count, 0);
  } finally {
    await end(child);
  }
}

const write = (...cells: readonly string[]) =>
  process.stdout.write(`${cells.map((cell, index) => (index < 2 ? cell.padEnd(11) : cell.padStart(9))).join("")}\n`);
const folder = mkdtempSync(join(tmpdir(), "duet-start-"));
try {
  write(
    "process",
    "compiled",
    ...Object.keys(trees).flatMap((name) => [name, "modules"]),
    values.before ? "ratio" : "",
  );
  for (const tree of Object.values(trees)) makeBundles(tree);
  for (const [name, start] of Object.entries(starts)) {
    const modules = new Map<string, number>();
    for (const [tree, path] of Object.entries(trees)) modules.set(tree, await countModules(path, start));
    for (const compiled of ["kept", "anew"]) {
      const times = new Map(Object.keys(trees).map((tree) => [tree, [] as number[]]));
      const told = (tree: string): Record<string, string> =>
        compiled === "anew" ? { NODE_DISABLE_COMPILE_CACHE: "1" } : { NODE_COMPILE_CACHE: join(folder, tree) };
      // The first start of all is not counted: it reads the files, and compiles what is kept.
      for (let run = 0; run <= runs; run++)
        for (const [tree, path] of Object.entries(trees)) {
          const time = await timeStart(path, start, told(tree));
          if (run > 0) times.get(tree)?.push(time);
        }
      const medians = Object.keys(trees).map((tree) => percentile(times.get(tree) ?? [], 0.5));
      const [before = 0, now = 0] = medians;
      const cells = Object.keys(trees).flatMap((tree, index) => [
        (medians[index] ?? 0).toFixed(0),
        String(modules.get(tree)),
      ]);
      write(name, compiled, ...cells, medians.length === 2 ? (now / before).toFixed(2) : "");
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
