import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../clock/virtual.ts";
import type { Log } from "../log/log.ts";
import { countDescriptors, watchDescriptors } from "./descriptors.ts";

test("descriptors that run out are told of once, and once that they are free again; who comes and goes, every 30 s", async () => {
  const lines: string[] = [];
  const write = (level: string) => (_: object, text: string) => void lines.push(`${level} ${text.split(":")[0]}`);
  const log = { info: write("info"), warn: write("warn") } as unknown as Log;
  const clock = createVirtualClock();
  let open = 20;
  const stop = watchDescriptors(log, clock, () => ({ open, limit: 64 }));
  await clock.advance(5000);
  assert.deepEqual(lines, []);
  open = 60;
  await clock.advance(5000);
  open = 50;
  await clock.advance(5000);
  assert.deepEqual(lines, ["warn this process is running out of file descriptors and refuses connections"]);
  open = 20;
  await clock.advance(5000);
  assert.equal(lines.length, 2);
  for (let second = 0; second < 60; second++) {
    open = second % 2 === 0 ? 64 : 20;
    await clock.advance(1000);
  }
  assert.ok(lines.length <= 8, `${lines.length}`);
  stop();
  assert.equal(clock.pending, 0);
});

test("they are counted where the system tells", () => {
  const counted = countDescriptors();
  if (process.platform === "linux")
    assert.ok(counted !== undefined && counted.open > 2 && counted.limit >= counted.open);
});
