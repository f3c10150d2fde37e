import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createComingsLog } from "./comings.ts";

function start() {
  const lines: string[] = [];
  const write = (level: string) => (fields: object, text: string) =>
    void lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
  const log = { info: write("info"), warn: write("warn") } as unknown as Log;
  const clock = createVirtualClock();
  const tell = createComingsLog(log, clock);
  return { lines, clock, one: (reason?: string) => tell([{ url: "http://u:secret@a:1", reason }]) };
}

test("a server that goes and comes is told of once each, without its password", async () => {
  const { lines, clock, one } = start();
  one();
  assert.deepEqual(lines, []);
  one("silent");
  one("silent");
  await clock.advance(20_000);
  one();
  one();
  assert.deepEqual(lines, [
    'warn a model server is taken out of rotation: silent {"server":"http://a:1"}',
    'info a model server is back in rotation {"server":"http://a:1"}',
  ]);
});

test("one that comes and goes all the time is told of every 10 s, with how often", async () => {
  const { lines, clock, one } = start();
  for (let second = 0; second < 60; second++) {
    one(second % 2 === 0 ? "silent" : undefined);
    await clock.advance(1000);
  }
  assert.ok(lines.length <= 7, `${lines.length}`);
  assert.match(lines.at(-1) ?? "", /"changes":\d+/);
});
