import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { describe, it, type TestContext } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { listen } from "../../infra/net/address.ts";
import { type FishTwinOptions, startFishTwin } from "../../infra/twins/fish/server.ts";
import { EngineError, type EngineFault } from "../../services/common/errors/engine-error.ts";
import { concat } from "../../services/synthesize/audio/pcm.ts";
import type { EngineRequest } from "../../services/synthesize/engines/engine.ts";
import { createFishEngine, type FishOptions } from "../../services/synthesize/engines/fish/engine.ts";

const never = new AbortController().signal;
const request: EngineRequest = { text: "今天天气很好，我们出去走走。", voice: "xiaolin", seed: 7, maxSeconds: 9 };

function fishEngine(t: TestContext, options: Partial<FishOptions> & Pick<FishOptions, "urls">) {
  const engine = createFishEngine({
    mode: "s2",
    references: new Map(),
    apiKey: undefined,
    voices: [],
    withoutReference: "unready",
    timeoutMs: 20_000,
    clock: systemClock,
    ...options,
  });
  t.onTestFinished(() => engine.close());
  return engine;
}

async function fishTwin(t: TestContext, options: Partial<FishTwinOptions> = {}) {
  const twin = await startFishTwin({ timeScale: 0, ...options });
  t.onTestFinished(() => twin.close());
  return twin;
}

/** A peer that answers as it is told, for what no Fish-Speech of good health does. */
async function peer(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 }, "the test's port");
  t.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

async function speak(engine: ReturnType<typeof createFishEngine>, text = request.text, signal = never) {
  return concat(await Array.fromAsync(engine.synthesize(0, { ...request, text }, signal)));
}

for (const mode of ["s1", "s2"] as const)
  describe(`Fish-Speech ${mode}`, () => {
    it("speaks a text as 44.1 kHz PCM without a header", async (t) => {
      const twin = await fishTwin(t, { mode });
      const pcm = await speak(fishEngine(t, { urls: [twin.url], mode }));
      const seconds = pcm.length / 2 / 44_100;
      assert.ok(seconds > 1.5 && seconds < 5, `${seconds} s`);
      assert.notEqual(Buffer.from(pcm.subarray(0, 4)).toString("latin1"), "RIFF");
    });

    it("sends the voice as a reference that the server may keep, and a limit on tokens", async (t) => {
      const twin = await fishTwin(t, { mode });
      await speak(fishEngine(t, { urls: [twin.url] }));
      const { body } = twin.seen()[0] as { body: Record<string, unknown> };
      assert.equal(body.reference_id, "xiaolin");
      assert.equal(body.use_memory_cache, "on");
      assert.equal(body.streaming, false);
      assert.equal(body.seed, 7);
      assert.equal(body.max_new_tokens, Math.ceil((9 * 44_100) / 2048));
      assert.deepEqual(twin.folders(), ["emma", "haoran", "oliver", "xiaolin"], "no folder came into being");
    });
  });

it("ends a text without a final mark with one, so that its last word is spoken", async (t) => {
  const twin = await fishTwin(t);
  const engine = fishEngine(t, { urls: [twin.url] });
  for (const text of ["好的，", "Sure thing", "真的吗？”"]) await speak(engine, text);
  assert.deepEqual(
    twin.seen().map(({ body }) => (body as { text: string }).text),
    ["好的。", "Sure thing.", "真的吗？”"],
  );
});

it("ends words that go on with a comma, so that the voice does not fall", async (t) => {
  const twin = await fishTwin(t);
  const engine = fishEngine(t, { urls: [twin.url] });
  for (const text of ["苏州园林最大的特点", "A ripe avocado gives slightly", "好的！"])
    await Array.fromAsync(engine.synthesize(0, { ...request, text, goesOn: true }, never));
  assert.deepEqual(
    twin.seen().map(({ body }) => (body as { text: string }).text),
    ["苏州园林最大的特点，", "A ripe avocado gives slightly,", "好的！"],
  );
});

it("lists the references of the server, or those that the operator named, or the one that Fish-Speech makes up", async (t) => {
  const twin = await fishTwin(t);
  const names = async (options: Partial<FishOptions>) =>
    (await fishEngine(t, { urls: [twin.url], ...options }).voices(never)).map(({ name }) => name);
  assert.deepEqual(await names({}), ["emma", "haoran", "oliver", "xiaolin"]);
  assert.deepEqual(await names({ voices: ["oliver"] }), ["oliver"]);
  const old = await peer(t, (_request, response) => response.writeHead(404).end());
  assert.deepEqual(await names({ urls: [old] }), ["default"]);
});

it("sends no reference for the voice that Fish-Speech makes up", async (t) => {
  const twin = await fishTwin(t);
  const engine = fishEngine(t, { urls: [twin.url] });
  await Array.fromAsync(engine.synthesize(0, { ...request, voice: "default" }, never));
  const [seen] = twin.seen();
  assert.ok(seen !== undefined && !("reference_id" in (seen.body as object)));
});

describe("faults", () => {
  const rows: readonly (readonly [string, EngineFault, (t: TestContext) => Promise<string>, string?])[] = [
    ["an engine error (500)", "broken", async (t) => (await fishTwin(t)).url, "FAIL 今天天气很好"],
    ["want of GPU memory", "broken", async (t) => (await fishTwin(t)).url, "OOM 今天天气很好"],
    ["an answer cut in the middle", "broken", async (t) => (await fishTwin(t)).url, "CUT 今天天气很好"],
    ["a wrong key", "unauthorized", async (t) => (await fishTwin(t, { apiKey: "secret" })).url],
    ["a text above the server's limit", "rejected", async (t) => (await fishTwin(t, { maxTextLength: 3 })).url],
    ["no server", "unreachable", async () => "http://127.0.0.1:9"],
    ["a socket cut before the first byte", "unreachable", (t) => peer(t, (_request, response) => response.destroy())],
    [
      "429 of a proxy",
      "overloaded",
      (t) => peer(t, (_, response) => response.writeHead(429, { "retry-after": "3" }).end("<html>")),
    ],
    ["another sample rate", "misshapen", (t) => peer(t, (_request, response) => response.end(wavHeader(24_000)))],
  ];
  for (const [what, fault, url, text] of rows)
    it(`calls ${what} ${fault}`, async (t) => {
      const engine = fishEngine(t, { urls: [await url(t)] });
      await assert.rejects(speak(engine, text), (error: unknown) => {
        assert.ok(error instanceof EngineError, String(error));
        assert.equal(error.fault, fault);
        assert.doesNotMatch(error.message, /天气/, "a message does not quote what is spoken");
        return true;
      });
    });

  it("tells a connection that never came about from one that was cut", async (t) => {
    const cut = await peer(t, (_request, response) => response.destroy());
    await assert.rejects(speak(fishEngine(t, { urls: ["http://127.0.0.1:9"] })), {
      fault: "unreachable",
      unsent: true,
    });
    await assert.rejects(speak(fishEngine(t, { urls: [cut] })), { fault: "unreachable", unsent: false });
  });

  it("passes the server's wish for a pause on", async (t) => {
    const url = await peer(t, (_request, response) => response.writeHead(503, { "retry-after": "3" }).end());
    await assert.rejects(speak(fishEngine(t, { urls: [url] })), { retryDelayMs: 3000 });
  });

  it("gives up a request that takes too long, in the clock's time", async (t) => {
    const clock = createVirtualClock();
    const asked = Promise.withResolvers<void>();
    const url = await peer(t, () => asked.resolve());
    const failing = assert.rejects(speak(fishEngine(t, { urls: [url], clock, timeoutMs: 5000 })), { fault: "stalled" });
    await asked.promise;
    await clock.advance(5000);
    await failing;
    assert.equal(clock.pending, 0);
  });
});

it("drains an abandoned request: no more audio, and no end before the server is free", async (t) => {
  const twin = await fishTwin(t, { timeScale: 0.2 });
  const engine = fishEngine(t, { urls: [twin.url] });
  const leave = new AbortController();
  const pieces: Uint8Array[] = [];
  const speaking = assert.rejects(
    async () => {
      for await (const piece of engine.synthesize(0, request, leave.signal)) pieces.push(piece);
    },
    { name: "AbortError" },
  );
  while (twin.seen().length === 0) await new Promise((resolve) => setImmediate(resolve));
  leave.abort();
  assert.equal(twin.seen()[0]?.state, "running");
  await speaking;
  assert.equal(twin.seen()[0]?.state, "finished");
  assert.equal(twin.seen()[0]?.clientLeft, false);
  assert.equal(pieces.length, 0);
});

it("does not ask for what was abandoned before it began", async (t) => {
  const twin = await fishTwin(t);
  await assert.rejects(speak(fishEngine(t, { urls: [twin.url] }), request.text, AbortSignal.abort()), {
    name: "AbortError",
  });
  assert.equal(twin.seen().length, 0);
});

it("learns its voices from whoever tells them: not from one that is dead, or hangs", async (t) => {
  const twin = await fishTwin(t);
  const hung = await peer(t, () => {});
  const names = (urls: string[]) => fishEngine(t, { urls }).voices(never);
  for (const urls of [
    ["http://127.0.0.1:9", twin.url],
    [hung, twin.url],
  ])
    assert.equal((await names(urls))[0]?.name, "emma");
});

it("is ready while one worker is, and names the setting when none is", async (t) => {
  const twin = await fishTwin(t);
  assert.equal(await fishEngine(t, { urls: ["http://127.0.0.1:9", twin.url] }).notReady(), undefined);
  assert.match(
    (await fishEngine(t, { urls: ["http://127.0.0.1:9"] }).notReady()) ?? "",
    /127\.0\.0\.1:9.*DUET_FISH_URL/,
  );
});

function wavHeader(rate: number): Buffer {
  const header = Buffer.from(
    "524946462400000057415645666d7420100000000100010044ac000088580100020010006461746100000000",
    "hex",
  );
  header.writeUInt32LE(rate, 24);
  return header;
}

it("is not told of a connection that was closed while it lay idle; what is cut anew each time is cut", async (t) => {
  let requests = 0;
  const url = await peer(t, (request, response) => {
    requests++;
    // Answers each connection once, and destroys it when it is used again.
    const { socket } = request as { socket: typeof request.socket & { used?: boolean } };
    if (socket.used || requests > 3) return void socket.destroy();
    socket.used = true;
    request.resume().on("end", () => response.end(Buffer.concat([wavHeader(44_100), Buffer.alloc(20_000, 1)])));
  });
  const engine = fishEngine(t, { urls: [url] });
  assert.equal((await speak(engine)).length, 20_000);
  // The connection is given back a moment after the answer's end.
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await speak(engine)).length, 20_000);
  assert.equal(requests, 3, "the first, one on a dead socket, and that one again");
  await assert.rejects(speak(engine), { fault: "unreachable" });
  assert.equal(requests, 4, "a connection that was new is not tried again");
});
