import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import type { ListeningMessage } from "../../infra/process/lifecycle.ts";
import { environment } from "../support/environment.ts";
import { until } from "../support/until.ts";

/** Starts Generate on free ports with its log going to `stdout`; resolves with its admin address. */
async function startGenerate(t: TestContext, stdout: number | "pipe"): Promise<{ child: ChildProcess; admin: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, ["services/generate/main.ts"], {
    cwd: join(import.meta.dirname, "../.."),
    env: environment({
      DUET_VLLM_URL: "http://127.0.0.1:9",
      DUET_GENERATE_LISTEN: "127.0.0.1:0",
      DUET_GENERATE_ADMIN_LISTEN: `127.0.0.1:${port}`,
    }),
    stdio: ["ignore", stdout, "ignore", "ipc"],
  });
  t.onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise<void>((resolve, reject) => {
    child.on("message", (message: ListeningMessage) => message.type === "listening" && resolve());
    child.once("exit", (status) => reject(new Error(`ended with status ${status}`)));
  });
  return { child, admin: `http://127.0.0.1:${port}` };
}

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function stops(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null]);
}

/** How many lines a process says that it has dropped. */
async function droppedBy(admin: string): Promise<number> {
  const metrics = await (await fetch(`${admin}/metrics`)).text();
  return Number(/^duet_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
}

test("where file descriptors run out one line says so, and the process serves on when they are free again", async (t) => {
  const port = await freePort();
  const child = spawn("sh", ["-c", "ulimit -n 64; exec node services/generate/main.ts"], {
    cwd: join(import.meta.dirname, "../.."),
    env: {
      ...environment({
        DUET_VLLM_URL: "http://127.0.0.1:9",
        DUET_GENERATE_LISTEN: "127.0.0.1:0",
        DUET_GENERATE_ADMIN_LISTEN: `127.0.0.1:${port}`,
      }),
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  await until("it listens", () => output.includes("listening"), 20_000);
  const sockets = Array.from({ length: 100 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  await until("it is told", () => output.includes("running out of file descriptors"), 20_000);
  for (const socket of sockets) socket.destroy();
  await until("they are free", () => output.includes("free again"), 20_000);
  assert.equal(output.match(/running out/g)?.length, 1, output);
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
  await stops(child);
});

describe("a log that cannot be written holds nothing up", () => {
  test("on a full disk the process serves, counts what it drops, and hears SIGTERM", async (t) => {
    const full = openSync("/dev/full", "w");
    t.onTestFinished(() => closeSync(full));
    const { child, admin } = await startGenerate(t, full);
    while ((await droppedBy(admin)) === 0);
    assert.equal((await fetch(`${admin}/healthz`)).status, 200);
    await stops(child);
  });

  test("with a pipe that nobody reads it does too", async (t) => {
    const { child, admin } = await startGenerate(t, "pipe");
    child.stdout?.pause();
    for (let i = 0; i < 20; i++) assert.equal((await fetch(`${admin}/healthz`)).status, 200);
    await stops(child);
  });

  test("with a pipe whose reader has gone it does too", async (t) => {
    const { child, admin } = await startGenerate(t, "pipe");
    child.stdout?.destroy();
    assert.equal((await fetch(`${admin}/healthz`)).status, 200);
    await stops(child);
  });

  test("a file that can be written has every line when the process ends", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "duet-"));
    t.onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = openSync(join(folder, "log"), "a");
    t.onTestFinished(() => closeSync(file));
    const { child, admin } = await startGenerate(t, file);
    assert.equal(await droppedBy(admin), 0);
    await stops(child);
    const { readFileSync } = await import("node:fs");
    assert.match(readFileSync(join(folder, "log"), "utf8"), /"msg":"listening"/);
  });
});
