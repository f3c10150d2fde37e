import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { speak, startTwo } from "./fixture.ts";

const text = "今天天气很好，我们一起出去走走。";

describe("two engines at once", () => {
  it("list their voices in full, the default engine's first", async (t) => {
    const { client } = await startTwo(t);
    const { voices } = await client.listVoices({});
    assert.deepEqual(
      voices.map(({ name, engine }) => [name, engine]),
      [
        ...["fish/emma", "fish/haoran", "fish/oliver", "fish/xiaolin"].map((name) => [name, "fish"]),
        ...["af_heart", "am_adam", "bf_emma", "zf_xiaoxiao", "zm_yunxi"].map((name) => [`speech/${name}`, "speech"]),
      ],
    );
    assert.deepEqual(voices.find(({ name }) => name === "speech/zf_xiaoxiao")?.languages, ["zh"]);
  });

  for (const [first, rows] of [
    [undefined, [["", "fish/emma", 44_100]]],
    ["speech", [["", "speech/af_heart", 24_000]]],
  ] as const)
    it(`find a voice by its name, ${first ?? "fish"} first`, async (t) => {
      const { speak, voicesOf } = await startTwo(t, {
        // Both have an emma.
        speech: { voices: ["af_heart", "zf_xiaoxiao", "emma"] },
        env: first === undefined ? {} : { DUET_SYNTHESIZE_ENGINE: first },
      });
      const named = [
        ...rows,
        ["fish/emma", "fish/emma", 44_100],
        ["speech/emma", "speech/emma", 24_000],
        ["oliver", "fish/oliver", 44_100],
        ["zf_xiaoxiao", "speech/zf_xiaoxiao", 24_000],
        ["emma", `${first ?? "fish"}/emma`, first === undefined ? 44_100 : 24_000],
      ] as const;
      for (const [asked, voice, rate] of named) {
        const spoken = await speak(asked, text);
        assert.deepEqual([spoken.voice, spoken.sampleRateHertz, spoken.end], [voice, rate, "OK"], asked);
        assert.ok(spoken.segments.length > 0 && spoken.segments.every((segment) => segment.voice === voice));
        const [engine, own] = voice.split("/") as ["fish" | "speech", string];
        assert.equal(voicesOf(engine).at(-1), own);
      }
    });

  for (const name of ["nobody", "fish/nobody", "speech/oliver", "piper/emma", "fish/fish/emma"])
    it(`have no voice ${name}`, async (t) => {
      const { speak, voicesOf } = await startTwo(t);
      const { end, details } = await speak(name, text);
      assert.deepEqual([end, /ListVoices/.test(details)], ["NOT_FOUND", true]);
      assert.deepEqual([...voicesOf("fish"), ...voicesOf("speech")], []);
    });

  it("are told apart in metrics and GetEngine, and each has its own work", async (t) => {
    const { client, metrics, voicesOf } = await startTwo(t);
    const spoken = await Promise.all([
      ...["fish/emma", "fish/oliver"].map((voice) => speak(client, voice, text)),
      ...["speech/af_heart", "speech/zf_xiaoxiao"].map((voice) => speak(client, voice, text)),
    ]);
    assert.deepEqual(new Set(spoken.map(({ end }) => end)), new Set(["OK"]));
    assert.deepEqual(new Set(voicesOf("fish")), new Set(["emma", "oliver"]));
    assert.deepEqual(new Set(voicesOf("speech")), new Set(["af_heart", "zf_xiaoxiao"]));
    const page = await metrics();
    for (const engine of ["fish", "speech"]) {
      assert.match(page, new RegExp(`duet_synthesize_segments_total{engine="${engine}",outcome="done"} [2-9]`));
      assert.match(page, new RegExp(`duet_synthesize_ttfa_seconds_count{engine="${engine}"} 2`));
    }
    const { engines, sessions } = await client.getEngine({});
    assert.deepEqual(
      engines.map(({ name, kind, reason, servers }) => [name, kind, reason, servers.length]),
      [
        ["fish", "fish", "", 1],
        ["speech", "speech", "", 1],
      ],
    );
    assert.equal(sessions, 0);
  });
});
