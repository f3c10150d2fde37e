import assert from "node:assert/strict";
import { it } from "vitest";
import { pauseAfter } from "../audio/pauses.ts";
import type { Engine, EngineRequest } from "../engines/engine.ts";
import { longestSeconds } from "../text/duration.ts";
import { startReading } from "./reading.ts";

const rate = 1000;
const text = "今天天气很好，我们出去走走。";
/** A tone says the same again and again. */
const checks = { wraps: true, loops: false, speed: 1 };
/** The pause behind it, in samples. */
const pause = pauseAfter(text).least * rate;
const never = new AbortController().signal;

/** Mono PCM of so many seconds that swings as speech does, and does not die away. */
const tone = (seconds: number): Uint8Array =>
  new Uint8Array(Int16Array.from({ length: seconds * rate }, (_, at) => 8000 * Math.sin((at + 1) / 3)).buffer);

/** Reads the text with an engine that says what is given, a piece at a time; what came of it. */
async function read(streams: boolean, say: (signal: AbortSignal) => Iterable<Uint8Array>, signal = never) {
  const asked: EngineRequest[] = [];
  const engine = {
    sampleRateHertz: rate,
    streams,
    checks,
    async *synthesize(_worker: number, request: EngineRequest, within: AbortSignal) {
      asked.push(request);
      yield* say(within);
    },
  } as Partial<Engine> as Engine;
  let passed = 0;
  let sounded = 0;
  const options = { engine, worker: 0, text, voice: "emma", seed: 7, sounded: () => sounded++ };
  const reading = startReading({ ...options, pass: (samples) => (passed += samples.length) }, signal);
  const { rest, fault } = await reading.ended;
  return { reading, rest: rest.length, passed, sounded, fault, request: asked[0] };
}

it("tells the engine how long the text is at most, and is told of each piece", async () => {
  const { request, sounded } = await read(false, () => [tone(1), tone(1), tone(0.7)]);
  assert.deepEqual(request, { text, voice: "emma", seed: 7, maxSeconds: longestSeconds(text, 1) });
  assert.equal(sounded, 3);
});

it("passes on what an engine says that streams, and keeps what another says until it is judged", async () => {
  const [streamed, whole] = [
    await read(true, () => [tone(2), tone(0.7)]),
    await read(false, () => [tone(2), tone(0.7)]),
  ];
  assert.deepEqual([whole.passed, whole.fault, streamed.fault], [0, undefined, undefined]);
  assert.ok(streamed.passed > 1.9 * rate, "but for its end");
  assert.equal(streamed.passed + streamed.rest, whole.rest);
});

for (const streams of [true, false])
  it(`takes no more than a text can be, and has the engine stop (${streams ? "streams" : "does not stream"})`, async () => {
    let isTold = false;
    const { passed, rest, fault } = await read(streams, function* (signal) {
      for (let seconds = 0; seconds < 100 && !signal.aborted; seconds++) yield tone(1);
      isTold = signal.aborted;
      signal.throwIfAborted();
    });
    assert.ok(isTold);
    assert.equal(fault, "long");
    assert.equal(passed + rest, Math.ceil(longestSeconds(text, 1) * rate) + pause);
    assert.ok(streams || passed === 0);
  });

it("has an engine stop at the first sample too many, and not before", async () => {
  const most = Math.ceil(longestSeconds(text, 1) * rate);
  for (const [samples, isStopped] of [
    [most - 1, false],
    [most, false],
    [most + 1, true],
  ] as const) {
    let isTold = false;
    await read(true, function* (signal) {
      yield tone(samples / rate);
      isTold = signal.aborted;
      signal.throwIfAborted();
    });
    assert.equal(isTold, isStopped, `${samples - most}`);
  }
});

for (const streams of [true, false])
  it(`finds no fault with silence behind a text, and has the engine stop (streams: ${streams})`, async () => {
    let seconds = 0;
    const { passed, rest, fault } = await read(streams, function* (signal) {
      yield tone(2);
      for (; seconds < 8 && !signal.aborted; seconds++) yield new Uint8Array(2 * rate);
      signal.throwIfAborted();
    });
    assert.deepEqual([seconds, fault], [4, undefined]);
    assert.equal(passed + rest, 2 * rate + pauseAfter(text).most * rate);
  });

it("finds fault with what is too short, and with silence alone", async () => {
  for (const [said, fault] of [
    [[tone(0.3), new Uint8Array(8 * rate)], "short"],
    [[new Uint8Array(8 * rate)], "silent"],
    [[new Uint8Array(2 * rate)], "silent"],
  ] as const)
    assert.equal((await read(false, () => said)).fault, fault);
});

it("need not be told of each piece", async () => {
  const engine = {
    sampleRateHertz: rate,
    streams: true,
    checks,
    async *synthesize() {
      yield tone(2);
    },
  } as Partial<Engine> as Engine;
  const reading = startReading({ engine, worker: 0, text, voice: "emma", seed: 7, pass() {} }, never);
  assert.equal((await reading.ended).fault, undefined);
});

it("gives what an engine that streams has said to its end where it fails, and nothing of another's", async () => {
  const broken = new Error("gone");
  function* failing() {
    yield tone(1);
    throw broken;
  }
  const [streamed, whole] = [await read(true, failing), await read(false, failing)];
  assert.equal(streamed.passed + streamed.rest, rate + pause);
  assert.equal(whole.passed + whole.rest, 0);
  assert.deepEqual([streamed.fault, whole.fault], [broken, broken]);
  const { fault } = await read(true, function* () {
    yield tone(1);
    throw "a word";
  });
  assert.ok(fault instanceof Error && fault.message === "a word");
});

it("tells that it was left by the reason for which it was", async () => {
  const leaving = new AbortController();
  const reason = new Error("nobody listens");
  const { fault } = await read(
    true,
    function* (signal) {
      yield tone(1);
      leaving.abort(reason);
      signal.throwIfAborted();
    },
    leaving.signal,
  );
  assert.equal(fault, reason);
});

it("passes on no more once it is cut, and gives the end of what it has", async () => {
  const { promise: isCut, resolve } = Promise.withResolvers<void>();
  let passed = 0;
  const engine = {
    sampleRateHertz: rate,
    streams: true,
    checks,
    async *synthesize() {
      yield tone(1);
      await isCut;
      yield tone(1);
    },
  } as Partial<Engine> as Engine;
  const { promise: hasSounded, resolve: sounded } = Promise.withResolvers<void>();
  const reading = startReading(
    { engine, worker: 0, text, voice: "emma", seed: 7, sounded, pass: (samples) => (passed += samples.length) },
    never,
  );
  await hasSounded;
  const end = reading.cut();
  assert.equal(passed + end.length, rate + pause);
  assert.equal(end.at(-1), 0, "it is faded");
  assert.equal(reading.cut().length, 0);
  resolve();
  assert.equal((await reading.ended).rest.length, 0);
  assert.equal(passed + end.length, rate + pause);
});
