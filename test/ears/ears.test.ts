import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { type EarsTwinKind, earsTwinKinds } from "../../infra/twins/transcribe/kinds.ts";
import { startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { skipFor } from "../support/skip.ts";
import { until } from "../support/until.ts";
import { asked, question, recordingOf, socketTwins, spoken, start, voice, wireOf } from "./listening.ts";
import * as sounds from "./sounds.ts";

describe("what is said is written down", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  const forms = (Object.entries(earsTwinKinds) as [keyof typeof earsTwinKinds, EarsTwinKind][]).flatMap(
    ([kind, { socket }]) => (socket === undefined ? [kind] : []),
  );
  for (const kind of forms)
    for (const stream of [false, true])
      it(`by ${kind}${stream ? ", as it writes" : ""}`, async (context) => {
        const named = kind === "whisper-cpp" ? { kind } : {};
        const { listen, twin } = await start(context, { twin: { kind }, ears: { ...named, stream } });
        const heard = await listen(asked, { language: "en-US" });
        assert.deepEqual([heard.text, heard.language], [question, "en-US"]);
        const [seen] = twin.seen();
        assert.equal(seen?.fields.temperature, "0");
        assert.equal(seen?.fields.language, kind === "vllm-qwen3-asr" ? undefined : "en");
        assert.equal(seen?.fields.model, earsTwinKinds[kind].models[0]);
        assert.equal(seen?.state, "finished");
      });

  for (const kind of socketTwins)
    it(`by ${kind}`, async (context) => {
      // No time passes: its last answer is known as such.
      const clock = createVirtualClock();
      const { listen, twin } = await start(context, { twin: { kind }, ears: { kind: "funasr-ws" }, clock });
      const heard = await listen(asked, { language: "en-US" });
      assert.deepEqual([heard.text, heard.language], [question, "en-US"]);
      assert.equal(twin.seen()[0]?.state, "finished");
    });

  it("from the speech alone, at 16 kHz, mono", async (context) => {
    const { listen, twin } = await start(context);
    const heard = await listen();
    const { wave, file } = twin.seen()[0] ?? {};
    assert.deepEqual(
      [wave?.sampleRateHertz, wave?.channels, file?.name, file?.type],
      [16_000, 1, "speech.wav", "audio/wav"],
    );
    const seconds = spoken.length / sounds.rate;
    assert.ok(wave !== undefined && wave.seconds < seconds + 0.7 && wave.seconds > seconds * 0.8);
    assert.equal(heard.durationMs, asked.durationMs);
    assert.ok((heard.speechMs ?? 0) > 800);
  });

  it("in simplified Chinese, which is asked for where Chinese is spoken and no other where it is not known", async (context) => {
    const { listen, twin } = await start(context, { ears: { language: "zh" } });
    await listen();
    await listen(asked, { language: "en" });
    const told = twin.seen().map(({ fields }) => [fields.language, fields.prompt?.length ?? 0]);
    assert.deepEqual(told, [
      ["zh", 10],
      ["en", 0],
    ]);
  });

  for (const [told, asked, text] of [
    ["zh", "", "这是订单吗？"],
    [undefined, "", "这是订单吗？"],
    ["zh", "zh-TW", "這是訂單嗎？"],
    ["yue", "", "這是訂單嗎？"],
  ] as const)
    it(`in simplified Chinese, if it is written in traditional characters, but for those who asked: ${told} for ${asked}`, async (context) => {
      const kind = told === undefined ? "openai" : "vllm-whisper";
      const { listen } = await start(context, { twin: { kind, says: ["這是訂單嗎？"], language: told } });
      assert.equal((await listen(recordingOf(spoken), { language: asked })).text, text);
    });

  it("by a file that is passed on as it is", async (context) => {
    const { listen, twin } = await start(context);
    const bytes = Buffer.from("OggS and so on");
    const heard = await listen({ form: "file", format: "ogg", bytes, durationMs: undefined });
    assert.deepEqual(twin.seen()[0]?.file, { name: "speech.ogg", type: "audio/ogg", bytes: bytes.length });
    assert.equal(heard.speechMs, undefined);
  });

  it("by a plainer form, if the one with figures is refused, which is not asked for again", async (context) => {
    const { listen, twin } = await start(context, { twin: { fault: "PLAIN" } });
    for (const _ of [1, 2]) assert.equal((await listen()).text, question);
    const formats = twin.seen().map(({ fields }) => fields.response_format);
    assert.deepEqual(formats, ["verbose_json", "json", "json"]);
  });

  it("by a recognizer that asks for a key", async (context) => {
    const { listen } = await start(context, {
      twin: { apiKey: "secret" },
      ears: { apiKey: "secret", model: "openai/whisper-large-v3-turbo" },
    });
    assert.equal((await listen()).text, question);
  });

  it("by another one, if one is not there", async (context) => {
    const there = await startEarsTwin({ timeScale: 0, says: ["The other one."] });
    context.onTestFinished(() => there.close());
    const { listen } = await start(context, { ears: { url: ["http://127.0.0.1:1", there.url] } });
    for (const _ of [1, 2, 3, 4]) assert.equal((await listen()).text, "The other one.");
  });

  for (const [fault, text, language] of [
    ["QWEN", question, "en"],
    ["SENSE", question, "zh"],
    ["QWENNONE", "", "en"],
    ["WORDLESS", "", "en"],
    ["FOREIGN", "안녕하세요 잘 지내세요", "ko"],
    ["LOOP", "", "en"],
  ] as const)
    it(`and is what it is: ${fault}`, async (context) => {
      const { listen } = await start(context, { twin: { fault } });
      const heard = await listen();
      assert.deepEqual([heard.text, heard.language], [text, language]);
    });
});

describe("silence is no words", () => {
  it("and is sent to nobody", async (context) => {
    const { listen, twin } = await start(context);
    for (const samples of [sounds.silence(3), sounds.fan(3, -40), sounds.silence(0)])
      assert.deepEqual(await listen(recordingOf(samples)), {
        text: "",
        language: "",
        durationMs: (samples.length / sounds.rate) * 1000,
        speechMs: 0,
      });
    assert.equal(twin.seen().length, 0);
  });
  it("even where a file with nothing in it is answered by the end of a film", async (context) => {
    const { listen } = await start(context, { twin: { fault: "GHOST" } });
    const heard = await listen({ form: "file", format: "ogg", bytes: Buffer.from("OggS"), durationMs: 2_000 });
    assert.equal(heard.text, "");
  });
});

const failures: Record<string, [code: string, reason: string, retryDelayMs?: number]> = {
  FAIL: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  BUSY: ["RESOURCE_EXHAUSTED", "RECOGNIZER_OVERLOADED", 1_000],
  LATER: ["RESOURCE_EXHAUSTED", "RECOGNIZER_OVERLOADED", 7_000],
  DENIED: ["INTERNAL", "RECOGNIZER_UNAUTHORIZED"],
  UNKNOWN: ["INTERNAL", "RECOGNIZER_REJECTED"],
  REFUSED: ["INTERNAL", "RECOGNIZER_REJECTED"],
  RESET: ["UNAVAILABLE", "RECOGNIZER_UNREACHABLE", 5_000],
  RESTART: ["UNAVAILABLE", "RECOGNIZER_UNREACHABLE", 5_000],
  CUT: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  ERROR: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  GARBAGE: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  PAGE: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  DISGUISE: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  EMPTY: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  NULL: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
  HUGE: ["UNAVAILABLE", "RECOGNIZER_BROKEN", 1_000],
};

describe("a fault of a recognizer is told", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  const inAnswers = ["CUT", "ERROR", "GARBAGE", "HUGE"];
  for (const [fault, [code, reason, retryDelayMs]] of Object.entries(failures))
    for (const [kind, stream] of [
      ["vllm-whisper", false] as const,
      ...socketTwins.map((kind) => [kind, false] as const),
      ...(inAnswers.includes(fault)
        ? ([
            ["vllm-whisper", true],
            ["speaches", true],
          ] as const)
        : []),
    ])
      it(`${fault} of ${kind}${stream ? ", as it writes" : ""}`, async (context) => {
        const { listen, lines } = await start(context, { twin: { kind, fault }, ears: { stream, ...wireOf(kind) } });
        const failed = await listen().catch((error) => error);
        expect(failed).toMatchObject({ code, reason, details: { retryDelayMs } });
        assert.doesNotMatch(failed.message, /127\.0\.0\.1|DUET_|http/, "callers are told of no place");
        assert.match(failed.inFull, /DUET_TRANSCRIBE_URL/);
        assert.doesNotMatch(lines.join(), /capital/, "nothing that was said is logged");
      });

  for (const [fault, kind] of ["HANG", "SLOW", "FREEZE"].flatMap((fault) =>
    (["vllm-whisper", ...socketTwins] as const).map((kind) => [fault, kind] as const),
  ))
    it(`${fault} of ${kind}: it is given up in time, and stops`, async (context) => {
      const { listen, twin } = await start(context, {
        twin: { kind, fault, timeScale: 1, delayMs: 0 },
        ears: { timeoutMs: 300, ...wireOf(kind) },
      });
      await expect(listen()).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED", reason: "RECOGNIZER_STALLED" });
      await until("it has stopped", () => twin.seen()[0]?.state === "stopped");
    });

  it("a file that it does not take is its caller's affair", async (context) => {
    const { listen } = await start(context, { twin: { fault: "REFUSED" } });
    const file = { form: "file", format: "mp3", bytes: Buffer.from("x"), durationMs: 1_000 } as const;
    await expect(listen(file)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      details: { fields: [{ field: "audio.data" }] },
    });
  });

  it("one that fails again and again is left alone for a while, and the caller is told for how long", async (context) => {
    const { ears, listen, twin } = await start(context, { twin: { fault: "FAIL" } });
    for (const _ of [1, 2, 3]) await listen().catch(() => {});
    assert.match(ears.notReady() ?? "", /no recognizer answers/);
    const seen = twin.seen().length;
    const failed = await listen().catch((error) => error);
    assert.equal(failed.reason, "RECOGNIZER_UNREACHABLE");
    assert.ok(Number.isInteger(failed.details.retryDelayMs) && failed.details.retryDelayMs <= 1_000);
    assert.equal(twin.seen().length, seen);
  });

  it("and it is asked again later, and is well", async (context) => {
    const clock = createVirtualClock();
    const { ears, listen, twin } = await start(context, { twin: { fault: "FAIL" }, clock });
    for (const _ of [1, 2, 3]) await listen().catch(() => {});
    twin.change({ fault: undefined });
    await clock.advance(1_001);
    assert.equal((await listen()).text, question);
    assert.equal(ears.notReady(), undefined);
  });
});

describe("whoever leaves stops it", skipFor(voice === undefined && "espeak-ng is not installed"), () => {
  it("while it is being written down", async (context) => {
    const { listen, twin } = await start(context, { twin: { fault: "HANG" } });
    const leaving = new AbortController();
    const heard = listen(asked, {}, leaving.signal);
    await until("it has the file", () => twin.seen()[0]?.file !== undefined);
    leaving.abort();
    await expect(heard).rejects.toThrow(/abort/i);
    await until("it has stopped", () => twin.seen()[0]?.state === "stopped");
  });

  it("while it waits for a place; too many are refused at once", async (context) => {
    const { listen, twin } = await start(context, {
      twin: { fault: "HANG" },
      ears: { maxAtOnce: 1, timeoutMs: 60_000 },
    });
    const leaving = Array.from({ length: 3 }, () => new AbortController());
    const heard = leaving.map(({ signal }) => listen(asked, {}, signal).catch((error) => error));
    await until("it has the file", () => twin.seen()[0]?.file !== undefined);
    await new Promise(setImmediate);
    await expect(listen()).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED", reason: "RECOGNIZER_OVERLOADED" });
    leaving[1]?.abort();
    twin.change({ fault: undefined });
    leaving[0]?.abort();
    assert.equal((await heard[2]).text, question);
    assert.equal(twin.seen().length, 2);
  });
});
