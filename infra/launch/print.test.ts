import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "vitest";
import { createPrint, type LogLine } from "./print.ts";

function printed(...lines: LogLine[]): string[] {
  const chunks: string[] = [];
  // No terminal: what it prints has no colour.
  const print = createPrint(new Writable() as unknown as NodeJS.WriteStream, (text) => void chunks.push(text));
  for (const line of lines) print(line);
  return chunks.join("").trimEnd().split("\n");
}

const time = new Date(2026, 0, 2, 3, 4, 5).toISOString();

test("a JSON line becomes a short one", () => {
  const text = JSON.stringify({
    level: "info",
    time,
    service: "edge",
    turn: "t1",
    total_ms: 812.34,
    msg: "turn finished",
  });
  assert.deepEqual(printed({ name: "edge", text }), ["03:04:05 edge       turn finished turn=t1 total_ms=812.3"]);
});

test("values that would be hard to tell apart are quoted, and an error is its message", () => {
  const text = JSON.stringify({
    level: "warn",
    time,
    msg: "m",
    a: "x y",
    b: [1],
    c: { message: "no", stack: "long" },
    d: "",
  });
  assert.deepEqual(printed({ name: "edge", text }), [`03:04:05 edge       m a="x y" b=[1] c="no" d=""`]);
});

test("what is no log line of ours is printed as it is", () => {
  const lines = printed(
    { name: "twin", text: "hello" },
    { name: "twin", text: "{oops" },
    { name: "twin", text: '{"a":1}' },
  );
  assert.deepEqual(
    lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, "")),
    ["twin       hello", "twin       {oops", 'twin       {"a":1}'],
  );
});

test("nothing is coloured where no terminal shows it", () => {
  const text = JSON.stringify({ level: "error", time, msg: "m" });
  assert.ok(!printed({ name: "edge", text }).join("").includes("\u001b"));
});
