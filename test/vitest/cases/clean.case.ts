import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { test } from "vitest";

test("closes what it opened, though not before its last line", async (context) => {
  const server = createServer().listen(0, "127.0.0.1");
  context.onTestFinished(() => void server.close());
  await once(server, "listening");
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  context.onTestFinished(() => void session.close());
  await once(session, "connect");
  setTimeout(() => {}, 100);
  void new Promise(() => {});
  await context.annotate("all is closed");
});

test("runs in Node itself: types become blanks, and nothing else is touched", () => {
  const add = (a: number, b: number) => a + b;
  assert.equal(String(add), "(a        , b        ) => a + b");
  assert.deepEqual(process.execArgv, []);
  assert.match(import.meta.url, /^file:.*\/test\/vitest\/cases\/clean\.case\.ts/);
});

test("has workers and child processes that run TypeScript as it does", async () => {
  const program = new URL("./program.ts", import.meta.url);
  const worker = new Worker(program);
  assert.deepEqual(await once(worker, "exit"), [7]);
  const child = fork(program);
  assert.deepEqual(await once(child, "exit"), [7, null]);
});

test("sees nothing of the shell's settings of Duet", () => {
  assert.deepEqual(
    Object.keys(process.env).filter((name) => /^(?:DUET|OTEL)_/.test(name)),
    [],
  );
});
