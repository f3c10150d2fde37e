import assert from "node:assert/strict";
import { Code, ConnectError } from "@connectrpc/connect";
import { test } from "vitest";
import type { Position } from "../../../session/heard.ts";
import { createReports } from "./reports.ts";

const at = (offset: number): Position => ({ segment: 0, offset });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function listen(answer: (offset: number) => Promise<unknown> = async () => {}) {
  const sent: number[] = [];
  const reports = createReports(
    (played) => {
      sent.push(played.offset);
      return answer(played.offset);
    },
    async () => {},
  );
  return { sent, reports };
}

test("tells twice a second while it sounds, and at once where it rests", async () => {
  const { sent, reports } = listen();
  for (let ms = 0; ms <= 1200; ms += 20) {
    reports.tell(at(ms), ms, false);
    await settle();
  }
  assert.deepEqual(sent, [0, 500, 1000]);
  reports.tell(at(1210), 1210, true);
  await settle();
  reports.tell(at(1210), 1900, true);
  await settle();
  assert.deepEqual(sent, [0, 500, 1000, 1210], "what the server knows is not told again");
});

test("of reports that wait for one under way only the last is sent", async () => {
  let free = () => {};
  const { sent, reports } = listen(() => new Promise<void>((resolve) => (free = resolve)));
  for (const ms of [0, 500, 1000, 1500]) reports.tell(at(ms), ms, false);
  free();
  await settle();
  assert.deepEqual(sent, [0, 1500]);
  free();
});

test("the last word is told as soon as the server is back", async () => {
  let tries = 0;
  const { sent, reports } = listen(async () => {
    if (++tries < 4) throw new ConnectError("away", Code.Unavailable);
  });
  reports.tell(at(700), 0, true);
  for (let waits = 0; waits < 10; waits++) await settle();
  assert.deepEqual(sent, [700, 700, 700, 700]);
});

test("gives up where the server takes no reports of this turn, and where it is told to", async () => {
  const { sent, reports } = listen(async () => {
    throw new ConnectError("too late", Code.NotFound);
  });
  reports.tell(at(1), 0, true);
  await settle();
  reports.tell(at(2), 1000, true);
  await settle();
  assert.deepEqual(sent, [1]);
  const other = listen();
  other.reports.end();
  other.reports.tell(at(1), 0, true);
  await settle();
  assert.deepEqual(other.sent, []);
});

test("does not ask for ever", async () => {
  const { sent, reports } = listen(async () => {
    throw new ConnectError("away", Code.Unavailable);
  });
  reports.tell(at(1), 0, true);
  for (let waits = 0; waits < 200; waits++) await settle();
  assert.equal(sent.length, 60);
});
