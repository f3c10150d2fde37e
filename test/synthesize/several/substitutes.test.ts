import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, it, type TestContext } from "vitest";
import { listen } from "../../../infra/net/address.ts";
import { triggers } from "../../../infra/twins/fish/faults.ts";
import { type Given, type Spoken, startTwo } from "./fixture.ts";

const substitutes = { DUET_SYNTHESIZE_SUBSTITUTES: "fish/emma=speech/zf_xiaoxiao" };
/** Sentences, each a segment of its own, none like another's. */
const sentences = ["一", "二", "三", "四", "五"].map((n) => `这是第${n}句话，今天天气很好，我们一起出去走走。`);
const text = sentences.join("\n");
/** Of one segment. */
const short = sentences[0] ?? "";

/**
 * What an engine does that cannot speak, whatever it is asked; and what it does that the engine's own answers cover.
 */
const speaksOn = [
  "FAIL",
  "OOM",
  "RESET",
  "DENIED",
  "MEDIA",
  "SCHEMA",
  "EMPTY",
  "PAGE",
  "SORRY",
  "MPEG",
  "GZIP",
  "DISGUISE",
  "RESTART",
  "SILENT",
];
const speaksItself = ["ODD"];

describe("a voice with a substitute", () => {
  for (const fault of speaksOn)
    it(`is spoken by it where its engine cannot: ${fault}: ${triggers[fault]?.does}`, async (t) => {
      const { spoken, page } = await strike(t, { fish: { fault } }, short);
      assertWhole(spoken, ["speech/zf_xiaoxiao"], short);
      assert.deepEqual(spoken.warnings, ["VOICE_SUBSTITUTED"]);
      assert.match(page, /duet_synthesize_substitutions_total{engine="fish",substitute="speech"} 1/);
    });

  for (const fault of speaksItself)
    it(`speaks itself where its engine can: ${fault}`, async (t) => {
      const { spoken, page } = await strike(t, { fish: { fault } }, short);
      assertWhole(spoken, ["fish/emma"], short);
      assert.deepEqual(spoken.warnings, []);
      assert.doesNotMatch(page, /duet_synthesize_substitutions_total{/);
    });

  for (const fault of ["BUSY", "LATER"])
    it(`does not wait for an engine that is full for ever: ${fault}`, async (t) => {
      const { spoken } = await strike(t, { fish: { fault } }, short);
      assertWhole(spoken, ["speech/zf_xiaoxiao"], short);
      assert.ok(spoken.firstAudioMs < 1500, `${spoken.firstAudioMs} ms`);
    });

  it("does not wait for an engine that hung before anything was heard of it", async (t) => {
    const hung = createServer(() => {});
    const { port } = await listen(hung, { host: "127.0.0.1", port: 0 }, "-");
    t.onTestFinished(() => {
      hung.close();
      hung.closeAllConnections();
    });
    const env = { DUET_FISH_URL: `http://127.0.0.1:${port}`, DUET_FISH_VOICES: "emma" };
    const { spoken } = await strike(t, { env }, short);
    assertWhole(spoken, ["speech/zf_xiaoxiao"], short);
    assert.deepEqual([spoken.voice, spoken.sampleRateHertz], ["fish/emma", 44_100]);
    assert.ok(spoken.firstAudioMs < 5000, `${spoken.firstAudioMs} ms`);
  });

  it("goes on with it from the sentence that fails, and says nothing twice", async (t) => {
    const at = 2;
    const struck = sentences.map((sentence, index) => (index === at ? `FAIL ${sentence}` : sentence)).join("\n");
    const { spoken } = await strike(t, { fish: {} }, struck);
    const voices = spoken.segments.map(({ voice }) => voice);
    const turned = voices.indexOf("speech/zf_xiaoxiao");
    assert.ok(turned > 0, voices.join());
    assertWhole(spoken, ["fish/emma", "speech/zf_xiaoxiao"], struck);
    assert.deepEqual(new Set(voices.slice(turned)), new Set(["speech/zf_xiaoxiao"]));
    assert.deepEqual(spoken.warnings, ["VOICE_SUBSTITUTED"]);
  });

  it("goes on with it where segment after segment breaks off, and keeps what was heard", async (t) => {
    const { spoken } = await strike(t, {
      fish: { fault: "CUT", mode: "1.5.1" },
      env: { DUET_FISH_MODE: "1.5.1", DUET_FISH_VOICES: "emma" },
    });
    const voices = spoken.segments.map(({ voice }) => voice);
    assert.deepEqual(voices.slice(0, 3), ["fish/emma", "fish/emma", "speech/zf_xiaoxiao"]);
    assert.deepEqual(spoken.warnings, ["SEGMENT_FAILED", "SEGMENT_FAILED", "VOICE_SUBSTITUTED"]);
    assertWhole(spoken, ["fish/emma", "speech/zf_xiaoxiao"]);
  });

  it("sounds as it does by itself, at the rate that was admitted", async (t) => {
    const { spoken, speak } = await strike(t, { fish: { fault: "FAIL" } });
    const alone = await speak("speech/zf_xiaoxiao", text);
    assert.deepEqual([spoken.sampleRateHertz, alone.sampleRateHertz], [44_100, 24_000]);
    const seconds = (one: Spoken) => one.segments.reduce((sum, segment) => sum + segment.seconds, 0);
    // They need not be cut alike, and a pause stands at each border.
    const pauses = 0.2 * Math.abs(spoken.segments.length - alone.segments.length);
    assert.ok(Math.abs(seconds(spoken) - seconds(alone)) < 0.05 + pauses, `${seconds(spoken)} s, ${seconds(alone)} s`);
  });

  it("may be any voice of an engine, by the engine's name, and have a substitute of its own", async (t) => {
    const chain = "fish=speech/zf_xiaoxiao,fish/oliver=speech/am_adam,speech=fish/haoran";
    const env = { DUET_SYNTHESIZE_SUBSTITUTES: chain };
    const { spoken, speak } = await strike(t, { fish: { fault: "FAIL" }, env }, short);
    assertWhole(spoken, ["speech/zf_xiaoxiao"], short);
    assertWhole(await speak("fish/oliver", short), ["speech/am_adam"], short);
    assertWhole(await speak("speech/af_heart", short), ["speech/af_heart"], short);
  });

  it("that nobody can speak fails as its own engine does, once", async (t) => {
    const { spoken } = await strike(t, { fish: { fault: "FAIL" }, speech: { fault: "FAIL", faults: true } });
    assert.deepEqual([spoken.end, spoken.segments.filter(({ seconds }) => seconds > 0)], ["UNAVAILABLE", []]);
  });

  it("that there is not is told in the log, and not asked for", async (t) => {
    const env = { DUET_SYNTHESIZE_SUBSTITUTES: "fish=speech/nobody" };
    const { spoken, voicesOf } = await strike(t, { fish: { fault: "DENIED" }, env });
    assert.notEqual(spoken.end, "OK");
    assert.deepEqual(voicesOf("speech"), []);
  });
});

describe("a voice without a substitute", () => {
  it("fails, and nobody speaks for it", async (t) => {
    const { spoken, voicesOf, speak } = await strike(t, {
      fish: { fault: "DENIED" },
      env: { DUET_SYNTHESIZE_SUBSTITUTES: "fish/oliver=speech/af_heart" },
    });
    assert.deepEqual([spoken.end, spoken.segments, spoken.warnings], ["INTERNAL", [], []]);
    assert.deepEqual(voicesOf("speech"), []);
    assertWhole(await speak("speech/af_heart", short), ["speech/af_heart"], short);
  });
});

/** Has Fish-Speech's voice `emma` speak under some fault. */
async function strike(t: TestContext, given: Given, written = text) {
  const two = await startTwo(t, { ...given, env: { ...substitutes, ...given.env } });
  const spoken = await two.speak("fish/emma", written);
  return { ...two, spoken, page: await two.metrics() };
}

/** Every sentence was heard once, in order, by some voices in order. */
function assertWhole(spoken: Spoken, voices: readonly string[], written = text): void {
  assert.equal(spoken.end, "OK", spoken.details);
  assert.deepEqual([...new Set(spoken.segments.map(({ voice }) => voice))], voices);
  let covered = 0;
  for (const { start, end, seconds } of spoken.segments) {
    assert.ok(start >= covered && start <= covered + 1, `from ${start} after ${covered}`);
    assert.ok(seconds > 0);
    covered = end;
  }
  assert.equal(covered, [...written].length);
}
