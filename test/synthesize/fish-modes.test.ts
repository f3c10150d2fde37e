import assert from "node:assert/strict";
import { describe, it, type TestContext } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { fishModes as twinModes } from "../../infra/twins/fish/modes.ts";
import { type FishTwinOptions, fishTwinVoices, startFishTwin } from "../../infra/twins/fish/server.ts";
import { frameSamples, wavHeader } from "../../infra/twins/fish/sound/audio.ts";
import { type Speaker, spokenSeconds } from "../../infra/twins/sound/speaker.ts";
import { EngineError, type EngineFault } from "../../services/common/errors/engine-error.ts";
import { concat, concatSamples, toSamples } from "../../services/synthesize/audio/pcm.ts";
import { createFishEngine, type FishOptions } from "../../services/synthesize/engines/fish/engine.ts";
import { type FishModeName, fishModes } from "../../services/synthesize/engines/fish/modes.ts";
import { startReading } from "../../services/synthesize/speak/reading.ts";

const never = new AbortController().signal;
const modes = Object.keys(fishModes) as FishModeName[];
const first = "今天天气很好，我们一起出去走走，看看外面的风景，再喝一杯热茶，好好休息一下。";
const streaming = modes.filter((mode) => fishModes[mode].streams);

/** A server of a generation and a client of it. */
async function start(
  t: TestContext,
  mode: FishModeName,
  { twin: given = {}, ...options }: Partial<FishOptions> & { twin?: Partial<FishTwinOptions> } = {},
) {
  const twin = await startFishTwin({ timeScale: 0, mode, ...given });
  const engine = createFishEngine({
    urls: [twin.url],
    mode,
    references: new Map(),
    apiKey: undefined,
    voices: [],
    withoutReference: "unready",
    timeoutMs: 20_000,
    clock: systemClock,
    ...options,
  });
  t.onTestFinished(async () => {
    await engine.close();
    await twin.close();
  });
  /** The pieces that came, and what was thrown in the end. */
  const speak = async (text: string, voice = "xiaolin") => {
    const pieces: Uint8Array[] = [];
    let error: unknown;
    try {
      for await (const piece of engine.synthesize(0, { text, voice, seed: 7, maxSeconds: 40 }, never))
        pieces.push(piece);
    } catch (thrown) {
      error = thrown;
    }
    return { pieces, pcm: concat(pieces), error };
  };
  return { twin, engine, speak, bodies: () => twin.seen().map(({ body }) => body as Record<string, unknown>) };
}

/** Speaks the numbers 1, 2, 3, ... : every sample says where it belongs. */
const counter: Speaker = {
  speak: (text) => Int16Array.from({ length: Math.round(spokenSeconds(text) * 44_100) }, (_, i) => (i % 32_000) + 1),
};

it("the generations are those of the stand-in", () => assert.deepEqual(modes.sort(), Object.keys(twinModes).sort()));

for (const mode of modes)
  describe(`Fish-Speech ${mode}`, () => {
    it("is asked as it wants to be, and its samples are all that comes", async (t) => {
      const { twin, speak, bodies } = await start(t, mode, { twin: { speaker: counter } });
      const { pcm, error } = await speak(first);
      assert.equal(error, undefined);
      const samples = toSamples(pcm);
      assert.deepEqual([...samples.subarray(0, 3)], [1, 2, 3], "no header is among them");
      assert.equal(samples.length % frameSamples, 0);
      const [body] = bodies();
      assert.equal(body?.streaming, fishModes[mode].streams);
      assert.equal(body?.reference_id, "xiaolin");
      assert.equal(body?.use_memory_cache, fishModes[mode].memoryCache);
      assert.equal(twin.seen()[0]?.voice, "xiaolin");
      const contentType = mode === "1.4" ? "application/msgpack" : "application/json";
      assert.equal(twin.seen()[0]?.headers["content-type"], contentType);
    });

    it("may be cut anywhere on its way: header and samples come whole", async (t) => {
      const { speak } = await start(t, mode, { twin: { speaker: counter } });
      const [odd, even] = [await speak(`ODD${first}`), await speak(`EVE${first}`)];
      assert.ok(odd.pieces.length > 2 * even.pieces.length);
      assert.ok(odd.pieces.every(({ length }) => length > 0 && length % 2 === 0));
      assert.deepEqual(odd.pcm, even.pcm);
    });

    it("is cut off before the first segment, and after it", async (t) => {
      const { speak } = await start(t, mode);
      for (const text of [`FAIL${first}`, `${first}${first}CUT 好。`, `${first}${first}FAIL 好。`]) {
        const { error, pcm } = await speak(text);
        assert.ok(error instanceof EngineError && error.fault === "broken", String(error));
        assert.equal(pcm.length % 2, 0);
        const heard = fishModes[mode].streams && !text.startsWith("FAIL");
        if (heard) assert.ok(pcm.length > 44_100, "what came before the cut is there");
        if (text.startsWith("FAIL")) assert.equal(pcm.length, 0);
      }
    });

    it("wraps no sample that is heard", async (t) => {
      const { engine, speak } = await start(t, mode);
      const text = `WRAP${first}`;
      const raw = toSamples((await speak(text)).pcm);
      assert.equal(raw.includes(-32_768), fishModes[mode].streams, "it wraps when it streams");
      const passed: Int16Array[] = [];
      const pass = (part: Int16Array) => passed.push(part);
      const { rest } = await startReading({ engine, worker: 0, text, voice: "emma", seed: 1, pass }, never).ended;
      const heard = concatSamples([...passed, rest]);
      assert.ok(heard.includes(32_767) && !heard.includes(-32_768));
    });

    const faults: [word: string, fault: EngineFault][] = [
      ["OOM", "broken"],
      ["RESET", "unreachable"],
      ["LONG", "rejected"],
      ["DENIED", "unauthorized"],
      ["MEDIA", "rejected"],
      ["SCHEMA", "rejected"],
      ["EMPTY", "broken"],
      ["BUSY", "overloaded"],
    ];
    for (const [word, fault] of faults)
      it(`${word} is ${fault}, in words of its own, and the next request works`, async (t) => {
        const { speak } = await start(t, mode);
        const { error, pcm } = await speak(`${word}${first}`);
        assert.ok(error instanceof EngineError, String(error));
        assert.equal(error.fault, fault);
        assert.doesNotMatch(error.message, /天气|"input"/);
        assert.equal(pcm.length, 0);
        assert.equal((await speak(first)).error, undefined);
      });

    it("lists the voices it has, or speaks with one that it makes up", async (t) => {
      const { engine, speak, bodies } = await start(t, mode);
      const names = (await engine.voices(never)).map(({ name }) => name);
      assert.deepEqual(names, fishModes[mode].listsReferences === "never" ? ["default"] : [...fishTwinVoices]);
      await speak(first, "default");
      assert.ok(!("reference_id" in (bodies()[0] ?? {})));
      const named = await start(t, mode, { voices: ["oliver"] });
      assert.deepEqual(await named.engine.voices(never), [{ name: "oliver", displayName: "oliver", languages: [] }]);
    });

    it("takes a voice along with each request", async (t) => {
      const audio = new Uint8Array(Buffer.concat([wavHeader(0), Buffer.alloc(1000, 9)]));
      const { engine, twin, speak, bodies } = await start(t, mode, {
        references: new Map([["ours", [{ audio, text: "你好。" }]]]),
      });
      assert.deepEqual(
        (await engine.voices(never)).map(({ name }) => name),
        ["ours"],
      );
      for (let i = 0; i < 2; i++) assert.equal((await speak(first, "ours")).error, undefined);
      const [reference] = (bodies()[0]?.references ?? []) as { audio: Uint8Array; text: string }[];
      assert.deepEqual([...(reference?.audio ?? [])], [...audio]);
      assert.equal(reference?.text, "你好。");
      const [one, two] = twin.seen();
      assert.match(one?.voice ?? "", /^inline-/);
      assert.equal(one?.voice, two?.voice, "the same each time");
      assert.equal(one?.headers["content-type"], "application/msgpack");
    });

    it("is told from the others", async (t) => {
      const { twin, engine } = await start(t, mode);
      for (let i = 0; i < 2; i++) assert.equal(await engine.notReady(), undefined);
      assert.equal(twin.seen().length, 1, "asked once what it is; from then on for its health");
      // An S1 from before it listed references answers as 1.5.1 does.
      for (const configured of modes.filter((other) => other !== mode && !(mode === "1.5.1" && other === "s1"))) {
        const { engine: other } = await start(t, configured, { urls: [twin.url] });
        assert.match((await other.notReady()) ?? "ready", new RegExp(`is not ${configured}.*${mode}.*DUET_FISH_MODE`));
      }
    });

    it("asks for its key, if it knows keys", async (t) => {
      const { speak, engine } = await start(t, mode, { twin: { apiKey: "right" }, apiKey: "wrong" });
      const checks = twinModes[mode].checksKey;
      assert.equal(((await speak(first)).error as EngineError | undefined)?.fault, checks ? "unauthorized" : undefined);
      assert.equal(/DUET_FISH_API_KEY/.test((await engine.notReady()) ?? ""), checks);
      const right = await start(t, mode, { twin: { apiKey: "right" }, apiKey: "right" });
      assert.equal((await right.speak(first)).error, undefined);
      assert.equal(await right.engine.notReady(), undefined);
    });
  });

for (const mode of streaming)
  it(`Fish-Speech ${mode} is heard while it still works`, async (t) => {
    const { engine, twin } = await start(t, mode);
    const text = `${first}${first}`;
    for await (const _ of engine.synthesize(0, { text, voice: "emma", seed: 1, maxSeconds: 40 }, never)) {
      assert.equal(twin.seen()[0]?.state, "running");
      break;
    }
  });
