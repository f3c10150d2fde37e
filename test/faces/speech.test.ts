import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { post, readError } from "./ask.ts";

const openerWaitMs = 10_000;
let stack: Stack;
let url: string;
beforeAll(async () => {
  stack = await startStack({
    edge: { openai: { voices: { nova: "oliver" } } },
    // Whoever is held until the writer has been silent for long waits for this.
    settings: { DUET_SYNTHESIZE_OPENER_WAIT_MS: String(openerWaitMs) },
  });
  url = `${stack.url}/v1/audio/speech`;
});
afterAll(() => stack.close());

const request = { model: "tts-1", input: "The train leaves at noon.", voice: "alloy" };
/** How many requests of the voice its engine has seen. */
const spokenBy = () => stack.fish.reduce((sum, twin) => sum + twin.seen().length, 0);

describe("a file in every form", () => {
  const rows: [format: string | undefined, type: string, begins: RegExp | undefined][] = [
    [undefined, "audio/mpeg", /^ID3/],
    ["mp3", "audio/mpeg", /^ID3/],
    ["opus", "audio/ogg; codecs=opus", /^OggS/],
    ["wav", "audio/wav", /^RIFF\xff\xff\xff\xffWAVE/],
    ["pcm", "audio/pcm", undefined],
    ["ulaw", "audio/pcmu", undefined],
    ["alaw", "audio/pcma", undefined],
  ];
  for (const [format, type, begins] of rows)
    it(format ?? "mp3, where none is asked for", async () => {
      const response = await post(url, { ...request, ...(format && { response_format: format }) });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), type);
      assert.match(response.headers.get("x-request-id") ?? "", /^req_/);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (begins !== undefined) assert.match(bytes.toString("latin1"), begins);
      assert.ok(bytes.length > 4_000, `${bytes.length} bytes`);
    });

  it("PCM is what Speak sends, at 24 kHz", async () => {
    const { client, close } = createGrpcClient(stack.url);
    const { started, pcm } = await readTurn(client.speak({ text: request.input }));
    close();
    const seconds = pcm.length / 2 / (started.audioFormat?.sampleRateHertz ?? 1);
    const response = await post(url, { ...request, response_format: "pcm" });
    const got = (await response.arrayBuffer()).byteLength / 48_000;
    assert.ok(Math.abs(got - seconds) < 0.1 * seconds, `${got} s and ${seconds} s`);
  });

  it("faster, slower, and at another rate", async () => {
    const lengthOf = async (extra: object) =>
      (await (await post(url, { ...request, response_format: "pcm", ...extra })).arrayBuffer()).byteLength;
    const [plain, fast, slow, low] = (await Promise.all(
      [{}, { speed: 2 }, { speed: 0.5 }, { sample_rate: 8_000 }].map(lengthOf),
    )) as [number, number, number, number];
    assert.ok(Math.abs(fast / plain - 0.5) < 0.15, `${fast / plain}`);
    assert.ok(Math.abs(slow / plain - 2) < 0.3, `${slow / plain}`);
    assert.ok(Math.abs(low / plain - 1 / 3) < 0.1, `${low / plain}`);
  });

  it("as events, with their count at the end", async () => {
    const response = await post(url, { ...request, stream_format: "sse" });
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    const text = await response.text();
    const events = text
      .split("\n\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line.replace(/^data: /, "")));
    const last = events.pop();
    assert.equal(last.type, "speech.audio.done");
    assert.equal(last.usage.total_tokens, last.usage.input_tokens + last.usage.output_tokens);
    assert.ok(last.usage.input_tokens === request.input.length && last.usage.output_tokens > 0);
    assert.ok(events.length > 0 && events.every(({ type }) => type === "speech.audio.delta"));
    const bytes = Buffer.concat(events.map(({ audio }) => Buffer.from(audio, "base64")));
    assert.match(bytes.toString("latin1"), /^ID3/);
  });

  it("a sentence that is too short for a first segment does not wait for another", async () => {
    for (const input of ["Yes.", "好。", "No"]) {
      const asked = performance.now();
      await (await post(url, { ...request, input })).arrayBuffer();
      assert.ok(performance.now() - asked < openerWaitMs / 2, `${input} was held`);
    }
  });

  it("what cannot be followed is told", async () => {
    const response = await post(url, { ...request, instructions: "Whisper." });
    assert.equal(response.headers.get("x-duet-not-followed"), "instructions");
    await response.arrayBuffer();
  });
});

describe("voices", () => {
  it("OpenAI's names stand for ours, and ours for themselves", async () => {
    for (const voice of ["alloy", "nova", "verse", "emma", { id: "emma" }]) {
      const response = await post(url, { ...request, voice });
      assert.equal(response.status, 200, JSON.stringify(voice));
      await response.arrayBuffer();
    }
  });

  it("are listed as objects, and so are models", async () => {
    const listed = await fetch(`${stack.url}/v1/audio/voices`);
    const { voices } = (await listed.json()) as { voices: { id: string; name: string }[] };
    assert.ok(voices.length > 0 && voices.every(({ id, name }) => id !== "" && name !== ""));
    const heard = await post(url, { ...request, voice: voices[0]?.id });
    assert.equal(heard.status, 200, "a voice that is listed speaks");
    await heard.arrayBuffer();
    const { data } = (await (await fetch(`${stack.url}/v1/models`)).json()) as {
      data: { id: string; object: string }[];
    };
    for (const id of ["duet", "tts-1", "tts-1-hd", "gpt-4o-mini-tts"]) {
      assert.ok(
        data.some((model) => model.id === id && model.object === "model"),
        id,
      );
      assert.equal((await fetch(`${stack.url}/v1/models/${id}`)).status, 200);
    }
  });
});

describe("a request that cannot be met is refused before any engine works", () => {
  const rows: [name: string, extra: object | string, status: number, param: string | null, code: string][] = [
    ["no input", { input: undefined }, 400, "input", "invalid_value"],
    ["an input of marks alone", { input: "?!" }, 400, "input", "invalid_value"],
    ["an input that is too long", { input: "a".repeat(8_001) }, 400, "input", "invalid_value"],
    ["an input that is no text", { input: 7 }, 400, "input", "invalid_value"],
    ["no model", { model: undefined }, 400, "model", "invalid_value"],
    ["a model that is not there", { model: "whisper-1" }, 404, "model", "model_not_found"],
    ["no voice", { voice: undefined }, 400, "voice", "invalid_value"],
    ["a voice that is not there", { voice: "nobody" }, 404, "voice", "voice_not_found"],
    ["a format that is not made", { response_format: "flac" }, 400, "response_format", "invalid_value"],
    ["a user that is no name", { session_id: "s", user: "x".repeat(129) }, 400, "user", "invalid_value"],
    ["a speed out of range", { speed: 5 }, 400, "speed", "invalid_value"],
    [
      "a rate that a form does not have",
      { response_format: "ulaw", sample_rate: 24_000 },
      400,
      "sample_rate",
      "invalid_value",
    ],
    ["a paced file with a header", { pacing: "real_time" }, 400, "pacing", "invalid_value"],
    ["a stream of another kind", { stream_format: "ws" }, 400, "stream_format", "invalid_value"],
    ["a language that is none", { language: "klingonish-" }, 400, "language", "invalid_value"],
    ["no JSON", "{", 400, null, "invalid_json"],
    ["JSON that is no object", "[]", 400, null, "invalid_type"],
    ["JSON that is nested without end", "[".repeat(100_000), 400, null, "invalid_json"],
    ["a body that is too large", JSON.stringify({ input: "a".repeat(5 << 20) }), 413, null, "request_too_large"],
  ];
  for (const [name, extra, status, param, code] of rows)
    it(name, async () => {
      const before = spokenBy();
      const response = await post(url, typeof extra === "string" ? extra : { ...request, ...extra });
      assert.equal(response.status, status);
      const error = await readError(response);
      assert.deepEqual([error.param, error.code, error.type], [param, code, "invalid_request_error"]);
      assert.equal(response.headers.get("x-should-retry"), "false");
      assert.equal(spokenBy(), before);
    });

  it("another content type, another method, another path: JSON each", async () => {
    const form = await fetch(url, { method: "POST", body: new URLSearchParams({ input: "Hello" }) });
    assert.deepEqual([form.status, (await readError(form)).code], [415, "unsupported_media_type"]);
    const get = await fetch(url);
    assert.deepEqual(
      [get.status, (await readError(get)).code, get.headers.get("allow")],
      [405, "method_not_allowed", "POST"],
    );
    const put = await fetch(`${stack.url}/v1/models/duet`, { method: "PUT" });
    assert.deepEqual([put.status, put.headers.get("allow")], [405, "GET, HEAD"]);
    await put.arrayBuffer();
    for (const path of ["/v1/nope", "/v1/audio", "/v1//", "/v1/models/none", "/v1/audio/translations"]) {
      const response = await fetch(stack.url + path);
      if (path === "/v1//") assert.equal(response.status, 200);
      else assert.equal(response.status, 404);
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
      await response.json();
    }
    const foreign = await fetch(url, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    assert.equal(foreign.status, 403);
    assert.match(foreign.headers.get("content-type") ?? "", /^application\/json/);
  });
});

describe("an Idempotency-Key", () => {
  it("gives the same sound again, for which no engine works", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    const first = await post(url, request, key);
    const bytes = Buffer.from(await first.arrayBuffer());
    const before = spokenBy();
    const again = await post(url, request, key);
    assert.equal(again.headers.get("idempotent-replayed"), "true");
    assert.equal(again.headers.get("content-type"), "audio/mpeg");
    assert.notEqual(again.headers.get("x-request-id"), first.headers.get("x-request-id"));
    assert.ok(Buffer.from(await again.arrayBuffer()).equals(bytes));
    assert.equal(spokenBy(), before);
    const other = await post(url, { ...request, input: "Another." }, key);
    assert.deepEqual([other.status, (await readError(other)).code], [400, "idempotency_key_reused"]);
  });

  it("whose request is still being answered is refused, and may be tried again", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    // More than connections hold: it runs until it is read.
    const long = { ...request, input: "A long story. ".repeat(500), response_format: "wav" };
    const leaving = new AbortController();
    const first = await post(url, long, key, leaving.signal);
    const before = spokenBy();
    const second = await post(url, long, key);
    assert.deepEqual([second.status, (await readError(second)).code], [409, "idempotency_key_in_use"]);
    assert.equal(second.headers.get("x-should-retry"), "true");
    assert.ok(Number(second.headers.get("retry-after-ms")) > 0);
    assert.ok(spokenBy() <= before + 1, "no engine works for the second one");
    leaving.abort();
    await first.arrayBuffer().catch(() => {});
  });

  it("is free again when its request has come to nothing", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    await readError(await post(url, { ...request, voice: "nobody" }, key));
    const leaving = new AbortController();
    const left = await post(url, { ...request, input: "A long story. ".repeat(50) }, key, leaving.signal).catch(
      () => undefined,
    );
    // While it runs the key is taken; when its caller has left, it is free.
    const taken = await post(url, request, key);
    assert.equal(taken.status, 400, "the key came with another request");
    await readError(taken);
    leaving.abort();
    await left?.arrayBuffer().catch(() => {});
    for (let tries = 0; ; tries++) {
      const response = await post(url, request, key);
      await response.arrayBuffer();
      if (response.status === 200) break;
      assert.ok(tries < 200, `still ${response.status}`);
    }
  });
});

it("a caller who leaves ends the turn", async () => {
  const leaving = new AbortController();
  const response = await post(
    url,
    { ...request, input: "A long story without an end. ".repeat(100) },
    {},
    leaving.signal,
  );
  await response.body?.getReader().read();
  leaving.abort();
  while (stack.edge.turnCount > 0) await new Promise((resolve) => setImmediate(resolve));
});
