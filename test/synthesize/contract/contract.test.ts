import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { describe, type TestContext, test } from "vitest";
import { EngineError } from "../../../services/common/errors/engine-error.ts";
import { concat } from "../../../services/synthesize/audio/pcm.ts";
import type { Engine } from "../../../services/synthesize/engines/engine.ts";
import { type Contracted, contracted, type Outcome } from "./engines.ts";

const never = new AbortController().signal;
const text = "Hello there, this is a sentence that takes a while.";
/** As the stand-ins' tones are timed: 15 characters a second. */
const seconds = text.length / 15;
/** Of what answers, however busy the machine; and of what never does. */
const longMs = 20_000;
const shortMs = 300;

async function start(
  { startTwin, open }: Contracted,
  context: TestContext,
  options: Parameters<Contracted["startTwin"]>[0] = {},
) {
  const twin = await startTwin(options);
  context.onTestFinished(twin.close);
  const isSilent = options.fault === "HANG" || options.fault === "FREEZE";
  const engine = open([twin.url], isSilent ? shortMs : longMs);
  context.onTestFinished(engine.close);
  return { twin, engine };
}

const request = (voice: string, words = text) => ({ text: words, voice, seed: 1, maxSeconds: 30 });

/** Speaks, and gives the seconds of audio and the error that came after them. */
async function speak(engine: Engine, voice: string, signal = never, words = text) {
  const pieces: Uint8Array[] = [];
  let error: unknown;
  try {
    for await (const pcm of engine.synthesize(0, request(voice, words), signal)) pieces.push(pcm);
  } catch (thrown) {
    error = thrown;
  }
  const pcm = concat(pieces);
  return { pcm, seconds: pcm.length / 2 / engine.sampleRateHertz, error };
}

function outcomeOf({ seconds: made, error }: Awaited<ReturnType<typeof speak>>): Outcome {
  if (error instanceof EngineError) return error.fault;
  if (error !== undefined) throw error;
  // A codec's frames, and what a resampler adds, are no fault.
  return Math.abs(made - seconds) < 0.1 ? "speech" : "short";
}

for (const engineOf of contracted)
  describe(engineOf.name, () => {
    const { voice, deaf, faults } = engineOf;

    test("speaks whole frames of its rate, and names its voices", async (t) => {
      const { engine } = await start(engineOf, t);
      const voices = await engine.voices(never);
      assert.ok(voices.length > 0 && voices.every(({ name, displayName }) => name !== undefined && displayName !== ""));
      const spoken = await speak(engine, voice);
      assert.equal(outcomeOf(spoken), "speech", `${spoken.seconds} s, ${spoken.error}`);
      assert.equal(spoken.pcm.length % 2, 0);
      const loudest = new Int16Array(new Uint8Array(spoken.pcm).buffer).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      assert.ok(loudest > 10_000 && loudest < 14_000, `it is a tone of 12,000: ${loudest}`);
      assert.equal(await engine.notReady(), undefined);
    });

    for (const [word, outcome] of Object.entries(faults))
      test(`${word} comes to ${outcome}`, async (t) => {
        const { engine } = await start(engineOf, t, { fault: word });
        const spoken = await speak(engine, voice);
        assert.equal(outcomeOf(spoken), outcome, `${spoken.seconds} s, ${spoken.error}`);
        const message = spoken.error instanceof Error ? spoken.error.message : "";
        assert.ok(!message.includes("Hello"), "no text of users in messages");
      });

    test("the audio of an answer in odd pieces is that of one in whole ones", async (t) => {
      const [even, odd] = await Promise.all([start(engineOf, t), start(engineOf, t, { fault: "ODD" })]);
      const [one, other] = await Promise.all([speak(even.engine, voice), speak(odd.engine, voice)]);
      assert.deepEqual(other.pcm, one.pcm);
    });

    test("one that is dead is unreachable, and says which setting to look at", async (t) => {
      const { twin, engine } = await start(engineOf, t);
      await twin.close();
      const { error } = await speak(engine, voice);
      assert.ok(error instanceof EngineError && error.fault === "unreachable", `${error}`);
      assert.match((await engine.notReady()) ?? "", /does not answer: check DUET_[A-Z]+_URL/);
      assert.match((await engine.probe?.(0)) ?? "", /does not answer/);
    });

    test("one that is frozen from the start stalls no longer than its time", async (t) => {
      // It takes connections, and says nothing.
      const sockets: Socket[] = [];
      const silent = createServer((socket) => void sockets.push(socket.on("error", () => {})));
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      t.onTestFinished(() => {
        silent.close();
        for (const socket of sockets) socket.destroy();
      });
      const engine = engineOf.open([`http://127.0.0.1:${(silent.address() as { port: number }).port}`], shortMs);
      t.onTestFinished(engine.close);
      const { error } = await speak(engine, voice);
      assert.ok(error instanceof EngineError && ["stalled", "unreachable"].includes(error.fault), `${error}`);
    });

    test("one that wants a key says so", async (t) => {
      const { engine } = await start(engineOf, t, { apiKey: "secret" });
      if (/^fish (?:1\.4|1\.5\.0)/.test(engineOf.name)) return;
      const { error } = await speak(engine, voice);
      assert.ok(error instanceof EngineError && error.fault === "unauthorized", `${error}`);
      assert.match((await engine.notReady()) ?? "", /does not accept the key: check DUET_[A-Z]+_API_KEY/);
    });

    test(`whoever leaves hears nothing more, and the worker is ${deaf ? "free once it has spoken" : "stopped"}`, async (t) => {
      const { twin, engine } = await start(engineOf, t, { timeScale: 0.1 });
      await engine.voices(never);
      const words = "a".repeat(900);
      const leaving = new AbortController();
      const spoken = speak(engine, voice, leaving.signal, words);
      while (twin.count() === 0 || twin.last().over) await new Promise(setImmediate);
      leaving.abort(new Error("left"));
      assert.equal(((await spoken).error as Error).message, "left");
      // Of one that is known to work on, the answer is read to its end: its worker is not free before.
      if (/fish|localai|openedai|vits|piper/.test(engineOf.name)) assert.ok(twin.last().over, "it is still at work");
      while (!twin.last().over) await new Promise(setImmediate);
      const { audioSeconds } = twin.last();
      assert.equal(audioSeconds > 29, deaf, `${audioSeconds} s were made of 30 or more`);
    });
  });
