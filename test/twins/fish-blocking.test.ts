import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createHiddenLaw, type Law } from "../../infra/cost/law.ts";
import { until } from "../support/until.ts";
import { connectRaw } from "./raw.ts";
import { startFish } from "./start.ts";

const json = "POST /v1/tts HTTP/1.1\r\ncontent-type: application/json";
/**
 * 4.5 s of sound by the tone's clock: 97 frames, 4.505 s. Compiled Fish works 45 ms and a fifteenth of it: 345.3 ms.
 */
const text = "一".repeat(20);
const body = JSON.stringify({ text, reference_id: "emma", streaming: true });

test("one request at a time: what comes later gets not even its headers, health least of all", async (t) => {
  const clock = createVirtualClock();
  const twin = await startFish(t, { clock, timeScale: 1 });
  const [first, second, health] = [connectRaw(twin.url, t), connectRaw(twin.url, t), connectRaw(twin.url, t)];
  first.send(json, body);
  await first.untilSeen("audio/wav");
  second.send(json, body);
  await until("the second waits", () => twin.seen()[1]?.state === "queued");
  health.send("GET /v1/health HTTP/1.1");
  // The twin's own pages are open: by now the three before have been read.
  assert.equal((await fetch(`${twin.url}/_twin/requests`)).status, 200);
  await clock.advance(300);
  assert.ok(!first.bytes().includes("\r\n0\r\n\r\n"));
  assert.equal(second.bytes() + health.bytes(), "");
  await clock.advance(60);
  await first.untilSeen("\r\n0\r\n\r\n");
  await second.untilSeen("audio/wav");
  assert.equal(health.bytes(), "", "health waits for both");
  await clock.advance(400);
  await health.untilSeen('{"status":"ok"}');
  const [{ workMs } = { workMs: 0 }] = twin.seen();
  assert.ok(workMs > 340 && workMs < 350, `${workMs} ms of work`);
  assert.equal(clock.pending, 0);
});

test("a client that leaves changes nothing: the work is finished and counted as wasted", async (t) => {
  const clock = createVirtualClock();
  const twin = await startFish(t, { clock, timeScale: 1 });
  const [first, second] = [connectRaw(twin.url, t), connectRaw(twin.url, t)];
  first.send(json, body);
  await first.untilSeen("audio/wav");
  second.send(json, body);
  await until("the second waits", () => twin.seen()[1]?.state === "queued");
  await clock.advance(100);
  first.leave();
  second.leave();
  await until("both are known to have left", () => twin.seen().every(({ clientLeft }) => clientLeft));
  assert.equal(twin.seen()[0]?.state, "running");
  await clock.advance(1000);
  const [{ wastedSeconds: some, ...one }, { wastedSeconds: all, ...two }] = twin.seen() as [
    ReturnType<typeof twin.seen>[0],
    ReturnType<typeof twin.seen>[0],
  ];
  assert.deepEqual([one.state, two.state], ["finished", "finished"]);
  assert.ok(Math.abs(some - (one.workMs - 100) / 1000) < 0.001, `${some} s wasted of the first`);
  assert.ok(Math.abs(all - two.workMs / 1000) < 0.001, `${all} s wasted of the second`);
  assert.ok(one.audioSeconds > 4.4 && two.audioSeconds > 4.4);
});

test("HANG blocks everybody, until the twin is closed", async (t) => {
  const twin = await startFish(t);
  const [first, health] = [connectRaw(twin.url, t), connectRaw(twin.url, t)];
  first.send(json, JSON.stringify({ text: "HANG" }));
  await until("it hangs", () => twin.seen()[0]?.state === "running");
  health.send("GET /v1/health HTTP/1.1");
  assert.equal((await fetch(`${twin.url}/_twin/requests`)).status, 200);
  assert.equal(health.bytes(), "");
  await twin.close();
  await Promise.all([first.untilEnded(), health.untilEnded()]);
});

test("HANG may end: who waited is answered then", async (t) => {
  const twin = await startFish(t, { hangMs: 20 });
  const asked = ["HANG", "hello"].map((text) =>
    fetch(`${twin.url}/v1/tts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    }),
  );
  for (const response of await Promise.all(asked)) assert.equal(response.status, 200);
});

test("an engine of its own law takes its own time, the same for the same seed", async (t) => {
  const workMs = async (law?: Law) => {
    const clock = createVirtualClock();
    const twin = await startFish(t, { clock, timeScale: 1, ...(law && { law }) });
    for (let i = 0; i < 3; i++) {
      const connection = connectRaw(twin.url, t);
      connection.send(json, body);
      await connection.untilSeen("audio/wav");
      await clock.advance(60_000);
      await connection.untilSeen("\r\n0\r\n\r\n");
    }
    return twin.seen().map((entry) => Math.round(entry.workMs));
  };
  const [plain, hidden, again] = [await workMs(), await workMs(createHiddenLaw(3)), await workMs(createHiddenLaw(3))];
  assert.equal(new Set(plain).size, 1);
  assert.equal(new Set(hidden).size, 3);
  assert.deepEqual(hidden, again);
});

test("it listens once it has loaded", async (t) => {
  const clock = createVirtualClock();
  let up = false;
  const starting = startFish(t, { clock, timeScale: 1, bootMs: 1000 }).then(() => {
    up = true;
  });
  await clock.advance(999);
  assert.equal(up, false);
  await clock.advance(1);
  await starting;
});
