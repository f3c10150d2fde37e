import assert from "node:assert/strict";
import { test } from "node:test";
import { frameSamples } from "../../infra/twins/fish/audio.ts";
import { encodeMsgpack } from "../../infra/twins/fish/msgpack.ts";
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
  const { headers, chunks } = await speak(twin.url, { text, streaming: true }, t);
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

test("takes MessagePack as well", async (t) => {
  const twin = await startFish(t);
  const connection = connectRaw(twin.url, t);
  const references = [{ audio: Buffer.alloc(300), text: "hello" }];
  connection.send(
    "POST /v1/tts HTTP/1.1\r\ncontent-type: application/msgpack",
    encodeMsgpack({ text: "hi", references, streaming: false }),
  );
  await connection.untilSeen("\r\n0\r\n\r\n");
  assert.equal(twin.seen()[0]?.voice, "inline");
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
