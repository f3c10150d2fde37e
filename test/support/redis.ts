import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "vitest";
import { type Address, listen } from "../../infra/net/address.ts";

/** A redis-server of its own for one test, which may kill and freeze it. */
export interface RedisServer {
  /** Where it listens, also while it does not run. */
  readonly url: string;
  readonly port: number;
  /** Ends it as a crash does (SIGKILL); what was not saved is lost. */
  kill(): Promise<void>;
  /** Stops it from running without ending it: connections stay, nothing is answered. */
  freeze(): void;
  /** Lets a frozen one run on. */
  thaw(): void;
  /**
   * Ends it and starts it on the same port and folder; resolves once it listens, with `options` besides those it began
   * with.
   */
  restart(...options: string[]): Promise<void>;
}

/**
 * Starts a redis-server on a free port, in a folder of its own, that saves nothing unless it is told to (`SAVE`);
 * `options` are those of its command line. It ends with the test, and nothing of it stays. Skips the test where
 * redis-server is missing.
 */
export async function startRedis(context: TestContext, ...options: string[]): Promise<RedisServer> {
  if (spawnSync("redis-server", ["--version"]).error !== undefined)
    context.skip("redis-server is not on the path: apt-get install redis-server");
  const folder = mkdtempSync(join(tmpdir(), "duet-redis-"));
  const { port } = await freePort();
  let child: ChildProcess | undefined;
  const start = async (more: readonly string[] = []) => {
    const place = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder];
    child = await launch([...place, "--save", "", "--appendonly", "no", ...options, ...more]);
  };
  const kill = async () => {
    if (child === undefined) return;
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    child.kill("SIGKILL");
    await ended;
    child = undefined;
  };
  context.onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    freeze: () => child?.kill("SIGSTOP"),
    thaw: () => child?.kill("SIGCONT"),
    async restart(...more) {
      await kill();
      await start(more);
    },
  };
}

/**
 * Resolves once the server listens, though it may still be loading its data; rejects with what it wrote if it ends
 * before.
 */
async function launch(options: readonly string[]): Promise<ChildProcess> {
  const child = spawn("redis-server", options, { stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => {
        written += part;
        if (/Server initialized/.test(written)) resolve();
      });
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}: ${written}`)));
  });
  return child;
}

/**
 * A port below those that the system gives out by itself: one of those might go to another test while the server is
 * down, and a client that tries it again and again may even be connected to itself.
 */
async function freePort(): Promise<Address> {
  for (;;) {
    const probe = createServer();
    const address = { host: "127.0.0.1", port: 20_000 + Math.floor(Math.random() * 10_000) };
    try {
      return await listen(probe, address, "the port of a test");
    } catch {
      // Taken: another one.
    } finally {
      await new Promise((resolve) => probe.close(resolve));
    }
  }
}
