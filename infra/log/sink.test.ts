import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { createLineSink } from "./sink.ts";

const tell = (lines: number, code: string) => `${lines} lost: ${code}\n`;
const turn = () => new Promise((resolve) => setImmediate(resolve));
async function when(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

function temporaryFile(t: TestContext): { path: string; descriptor: number } {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  const path = join(folder, "log");
  const descriptor = openSync(path, "a");
  t.onTestFinished(() => {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  });
  return { path, descriptor };
}

describe("a sink", () => {
  test("writes lines in their order", async (t) => {
    const { path, descriptor } = temporaryFile(t);
    const sink = createLineSink(descriptor, tell);
    for (let i = 0; i < 100; i++) sink.write(`${i}\n`);
    await when(() => readFileSync(path, "utf8").endsWith("99\n"));
    assert.equal(readFileSync(path, "utf8"), Array.from({ length: 100 }, (_, i) => `${i}\n`).join(""));
    assert.equal(sink.dropped, 0);
  });

  test("counts what a full disk does not take, and goes on", async (t) => {
    const full = openSync("/dev/full", "w");
    t.onTestFinished(() => closeSync(full));
    const sink = createLineSink(full, tell);
    sink.write("one\n");
    sink.write("two\n");
    await when(() => sink.dropped === 2);
    sink.write("three\n");
    await when(() => sink.dropped === 3);
  });

  test("keeps no more than its bound for a reader that takes nothing, and says later what is missing", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "duet-"));
    t.onTestFinished(() => rmSync(folder, { recursive: true }));
    const pipe = join(folder, "pipe");
    await once(spawn("mkfifo", [pipe]), "exit");
    // Both ends: nobody waits for the other to open it.
    const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const sink = createLineSink(descriptor, tell);
    const line = `${"x".repeat(1023)}\n`;
    for (let i = 0; i < 3000; i++) sink.write(line);
    await turn();
    assert.ok(sink.dropped > 1000, `${sink.dropped}`);
    const reader = spawn("cat", [pipe]);
    let read = "";
    reader.stdout.setEncoding("utf8").on("data", (text: string) => {
      read += text;
    });
    t.onTestFinished(async () => {
      reader.kill();
      await once(reader, "close");
    });
    await when(() => read.length > 1_000_000);
    sink.write("last\n");
    await when(() => read.endsWith("last\n"));
    assert.match(read, new RegExp(`^${sink.dropped} lost: EAGAIN$`, "m"));
  });

  test("throws nothing on a descriptor that is closed", async () => {
    const sink = createLineSink(9999, tell);
    sink.write("one\n");
    await when(() => sink.dropped === 1);
  });
});
