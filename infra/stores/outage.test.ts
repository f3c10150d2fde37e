import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../clock/virtual.ts";
import type { Log } from "../log/log.ts";
import { createOutage } from "./outage.ts";

function start() {
  const clock = createVirtualClock();
  const lines: [string, object][] = [];
  const write = (level: string) => (fields: object) => lines.push([level, fields]);
  const outage = createOutage(
    "redis://cache:6379",
    { warn: write("warn"), info: write("info") } as unknown as Log,
    clock,
  );
  return { clock, lines, outage };
}

test("an outage is two lines, however many connections and tries it takes", async () => {
  const { clock, lines, outage } = start();
  outage.ready("commands");
  outage.lost("commands", "it closed the connection");
  outage.lost("listener", "it closed the connection");
  await clock.advance(500);
  for (let i = 0; i < 100; i++) outage.lost("commands", "connect ECONNREFUSED");
  assert.equal(outage.reason, "connect ECONNREFUSED");
  await clock.advance(1_500);
  outage.ready("commands");
  assert.equal(outage.reason, "it closed the connection");
  outage.ready("listener");
  outage.ready("listener");
  assert.equal(outage.reason, undefined);
  const store = "redis://cache:6379";
  assert.deepEqual(lines, [
    ["warn", { store, reason: "it closed the connection" }],
    ["info", { store, awayMs: 2_000 }],
  ]);
});

test("what ends after it was told to is no outage", () => {
  const { lines, outage } = start();
  outage.close();
  outage.lost("commands", "it closed the connection");
  assert.equal(outage.reason, undefined);
  assert.deepEqual(lines, []);
});
