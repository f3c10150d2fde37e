import assert from "node:assert/strict";
import { encode } from "@msgpack/msgpack";
import { test } from "vitest";
import type { FishModeName } from "../../infra/twins/fish/modes.ts";
import { frameSamples, wavHeader } from "../../infra/twins/fish/sound/audio.ts";
import { connectRaw, readChunked } from "./raw.ts";
import { startFish } from "./start.ts";

const json = "POST /v1/tts HTTP/1.1\r\ncontent-type: application/json";
const wanted =
  /^date: .* GMT\nserver: uvicorn\ncontent-disposition: attachment; filename=audio.wav\ncontent-type: audio\/wav\nTransfer-Encoding: chunked$/;

/** Speaks, and gives what came. */
async function speak(url: string, body: object, t: Parameters<typeof connectRaw>[1]) {
  const connection = connectRaw(url, t);
  connection.send(json, JSON.stringify(body));
  await connection.untilSeen("\r\n0\r\n\r\n");
  return readChunked(connection.bytes());
}

test("a file is one chunk, with a header whose sizes are right and whole frames of sound", async (t) => {
  const twin = await startFish(t);
  const { status, headers, chunks } = await speak(twin.url, { text: "你好，很高兴见到你。", reference_id: "emma" }, t);
  assert.equal(status, "HTTP/1.1 200 OK");
  assert.match(headers.join("\n"), wanted);
  assert.equal(chunks.length, 1);
  const file = chunks[0] as Buffer;
  const data = file.length - 44;
  const header = Buffer.from("524946460000000057415645666d7420100000000100010044ac0000885801000200100064617461", "hex");
  header.writeUInt32LE(36 + data, 4);
  assert.deepEqual(file.subarray(0, 40), header);
  assert.equal(file.readUInt32LE(40), data);
  assert.equal(data % (2 * frameSamples), 0);
  // 8 hanzi at 4.5 a second and two marks at 15, in whole frames.
  assert.equal(data / (2 * frameSamples), 42);
});

test("a stream is bare samples, a chunk for each turn of a speaker", async (t) => {
  const twin = await startFish(t);
  const text = "lost<|speaker:0|>一二三四五六七八九<|speaker:1|>你好";
  const { headers, chunks } = await speak(twin.url, { text, streaming: true, chunk_length: 1 }, t);
  assert.match(headers.join("\n"), wanted);
  assert.deepEqual(
    chunks.map(({ length }) => length / (2 * frameSamples)),
    [44, 10],
  );
  const plain = await speak(twin.url, { text: "一二三。四五六。", streaming: true }, t);
  assert.equal(plain.chunks.length, 1, "without tags a text is one segment");
  const s1 = await startFish(t, { mode: "s1" });
  assert.equal((await speak(s1.url, { text, streaming: true }, t)).chunks.length, 1);
});

/** What differs on the wire from one generation to the next. */
const generations: [
  FishModeName,
  Partial<Record<"json" | "multipart" | "header" | "getHealth" | "key" | "list", true>>,
][] = [
  ["1.4", { header: true }],
  ["1.5.0", { json: true, header: true }],
  ["1.5.1", { json: true, getHealth: true, key: true }],
  ["s1", { json: true, multipart: true, getHealth: true, key: true, list: true }],
  ["s2", { json: true, multipart: true, getHealth: true, key: true, list: true }],
];

for (const [mode, has] of generations)
  test(`${mode}: content types, header, routes`, async (t) => {
    const twin = await startFish(t, { mode });
    const post = (contentType: string, body: string | Uint8Array<ArrayBuffer>, path = "tts") =>
      fetch(`${twin.url}/v1/${path}`, { method: "POST", headers: { "content-type": contentType }, body });
    const spoken = await post("application/msgpack", encode({ text: "hello there", streaming: true }));
    const bytes = Buffer.from(await spoken.arrayBuffer());
    assert.equal(spoken.status, 200);
    assert.equal(bytes.subarray(0, 44).equals(wavHeader(0)), has.header === true);
    assert.equal((bytes.length - (has.header ? 44 : 0)) % (2 * frameSamples), 0);
    const json = await post("application/json", '{"text":"hello"}');
    assert.equal(json.status, has.json ? 200 : 415);
    if (!has.json) assert.equal(json.headers.get("accept"), "application/msgpack");
    const form = new FormData();
    form.set("text", "hello");
    const asForm = await fetch(`${twin.url}/v1/tts`, { method: "POST", body: form });
    assert.equal(asForm.status, has.multipart ? 200 : 415);
    const health = await fetch(`${twin.url}/v1/health`);
    assert.deepEqual([health.status, health.headers.get("allow")], has.getHealth ? [200, null] : [405, "POST"]);
    assert.equal(await (await post("text/plain", "", "health")).text(), '{"status":"ok"}');
    assert.equal((await fetch(`${twin.url}/v1/references/list`)).status, has.list ? 200 : 404);
    const locked = await startFish(t, { mode, apiKey: "secret" });
    assert.equal((await fetch(`${locked.url}/v1/health`, { method: "POST" })).status, has.key ? 401 : 200);
  });

test("1.4 and 1.5 cut a text by its bytes, a chunk for each part; S1 does not", async (t) => {
  const text = "你好，我是语音助手。今天天气很好，适合出去走走。要不要我给你推荐几个地方？";
  const parts = async (mode: FishModeName) => {
    const twin = await startFish(t, { mode });
    return (await speak(twin.url, { text, streaming: true, chunk_length: 100 }, t)).chunks.length;
  };
  assert.deepEqual(await Promise.all((["1.5.0", "1.5.1", "s1"] as const).map(parts)), [3, 2, 1]);
});

test("a reference may be brought: as bytes, in JSON as base64, and it must be a recording", async (t) => {
  const recording = Buffer.concat([wavHeader(0), Buffer.alloc(300, 7)]);
  const speakAs = async (mode: FishModeName, body: object, msgpack: boolean) => {
    const twin = await startFish(t, { mode });
    const response = await fetch(`${twin.url}/v1/tts`, {
      method: "POST",
      headers: { "content-type": msgpack ? "application/msgpack" : "application/json" },
      body: msgpack ? encode(body) : JSON.stringify(body),
    });
    return `${response.status} ${/^[a-z]+/.exec(twin.seen()[0]?.voice ?? "none")?.[0]}`;
  };
  const brings = (audio: unknown) => ({ text: "hi", references: [{ audio, text: "hello" }] });
  const base64 = recording.toString("base64");
  assert.equal(await speakAs("1.4", brings(recording), true), "200 inline");
  assert.equal(await speakAs("1.4", brings(base64), true), "500 none");
  for (const mode of ["1.5.0", "s2"] as const) {
    assert.equal(await speakAs(mode, brings(recording), true), "200 inline");
    assert.equal(await speakAs(mode, brings(base64), false), "200 inline");
    assert.equal(await speakAs(mode, brings(`data:audio/wav;base64,${base64}`), false), "500 none");
    assert.equal(await speakAs(mode, { text: "hi", references: [{ audio: base64 }] }, false), "422 none");
  }
  const both = { ...brings(recording), reference_id: "emma" };
  assert.equal(await speakAs("s2", both, true), "200 emma", "an id wins");
});

test("max_new_tokens bounds the length, and 4 frames is the least", async (t) => {
  const twin = await startFish(t);
  const frames = async (body: object) => ((await speak(twin.url, body, t)).chunks[0]?.length ?? 0) - 44;
  assert.equal(await frames({ text: "一".repeat(300), max_new_tokens: 10 }), 10 * 4096);
  assert.equal(await frames({ text: "一".repeat(300) }), 1024 * 4096);
  assert.equal(await frames({ text: "i" }), 4 * 4096);
});

test("the same voice sounds the same, and no reference is a new voice each time", async (t) => {
  const twin = await startFish(t);
  const pcm = async (body: object) => ((await speak(twin.url, body, t)).chunks[0] as Buffer).subarray(44);
  const text = "hello there";
  assert.deepEqual(await pcm({ text, reference_id: "emma" }), await pcm({ text, reference_id: "emma" }));
  assert.notDeepEqual(await pcm({ text, reference_id: "emma" }), await pcm({ text, reference_id: "oliver" }));
  assert.notDeepEqual(await pcm({ text }), await pcm({ text }));
});

test("an unknown reference is no error but a stranger's voice, and leaves an empty folder", async (t) => {
  const twin = await startFish(t);
  const { status } = await speak(twin.url, { text: "hello", reference_id: "nobody" }, t);
  assert.equal(status, "HTTP/1.1 200 OK");
  assert.match(String(twin.seen()[0]?.voice), /^stranger-/);
  assert.ok(twin.folders().includes("nobody"));
  const listed = await fetch(`${twin.url}/v1/references/list`, { headers: { accept: "application/json" } });
  assert.equal(
    await listed.text(),
    '{"success":true,"reference_ids":["emma","haoran","oliver","xiaolin"],"message":"Found 4 reference voices"}',
  );
});
