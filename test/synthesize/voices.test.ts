import assert from "node:assert/strict";
import { createServer } from "node:http";
import { it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { listen } from "../../infra/net/address.ts";
import { startFishTwin } from "../../infra/twins/fish/server.ts";
import { createFishEngine } from "../../services/synthesize/engines/fish/engine.ts";
import { createVoices } from "../../services/synthesize/engines/voices.ts";

it("learns a voice that was added while it ran, without asking for every unknown name", async (t) => {
  const twin = await startFishTwin({ timeScale: 0 });
  t.onTestFinished(() => twin.close());
  const clock = createVirtualClock();
  const engine = createFishEngine({
    urls: [twin.url],
    mode: "s2",
    apiKey: undefined,
    voices: [],
    references: new Map(),
    withoutReference: "unready",
    timeoutMs: 10_000,
    clock,
  });
  t.onTestFinished(() => engine.close());
  const voices = createVoices(engine, clock);

  assert.equal((await voices.find("")).name, "emma");
  const form = new FormData();
  form.set("id", "newcomer");
  form.set("text", "Hello there, this is my voice.");
  form.set("audio", new Blob([new Uint8Array(2000)]), "sample.wav");
  const added = await fetch(`${twin.url}/v1/references/add`, { method: "POST", body: form });
  assert.equal(added.status, 200);

  await assert.rejects(voices.find("newcomer"), { name: "NotFoundError" });
  await clock.advance(5000);
  assert.equal((await voices.find("newcomer")).name, "newcomer");
  assert.equal(clock.pending, 0);
});

it("gives up a listing that takes too long, in the clock's time, and asks again later", async (t) => {
  const asked: (() => void)[] = [];
  const server = createServer(() => asked.shift()?.());
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "the test's port");
  t.onTestFinished(() => server.close().closeAllConnections());
  const clock = createVirtualClock();
  const engine = createFishEngine({
    urls: [`http://127.0.0.1:${port}`],
    mode: "s2",
    apiKey: undefined,
    voices: [],
    references: new Map(),
    withoutReference: "unready",
    timeoutMs: 10_000,
    clock,
  });
  t.onTestFinished(() => engine.close());
  const voices = createVoices(engine, clock);
  for (let times = 0; times < 2; times++) {
    const arrived = new Promise<void>((resolve) => asked.push(resolve));
    const failing = assert.rejects(voices.list(), { fault: "unreachable", message: /did not list its voices/ });
    await arrived;
    await clock.advance(10_000);
    await failing;
    assert.equal(clock.pending, 0);
  }
});
