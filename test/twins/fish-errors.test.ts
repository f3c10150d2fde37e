import assert from "node:assert/strict";
import { decode } from "@msgpack/msgpack";
import { test } from "vitest";
import { triggers } from "../../infra/twins/fish/faults.ts";
import { connectRaw, readChunked } from "./raw.ts";
import { startFish } from "./start.ts";

const type = { "content-type": "application/json" };
const post = (url: string, body: unknown, headers: Record<string, string> = type) =>
  fetch(`${url}/v1/tts`, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });

const error = (statusCode: number, message: string | null, reason: string) =>
  JSON.stringify({ statusCode, message, error: reason });

/** A request that is refused: its body, the status and the answer. */
const refused: [string, unknown, number, string][] = [
  [
    "a text that is too long",
    { text: "一".repeat(401) },
    400,
    error(400, "Text is too long, max length is 400", "Bad Request"),
  ],
  [
    "a stream of mp3",
    { text: "a", streaming: true, format: "mp3" },
    400,
    error(400, "Streaming only supports WAV format", "Bad Request"),
  ],
  [
    "a format that is not there",
    { text: "a", format: "pcm" },
    500,
    error(500, "Failed to generate speech", "Internal Server Error"),
  ],
  [
    "a reference outside the folder",
    { text: "a", reference_id: "../etc" },
    500,
    error(500, "Failed to generate speech", "Internal Server Error"),
  ],
  [
    "bad JSON",
    "{text: 1}",
    400,
    error(400, "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)", "Bad Request"),
  ],
  ["FAIL", { text: "FAIL" }, 500, error(500, triggers.FAIL?.error as string, "Internal Server Error")],
  ["OOM", { text: "OOM" }, 500, error(500, triggers.OOM?.error as string, "Internal Server Error")],
];

for (const [name, body, status, answer] of refused)
  test(`refuses ${name}`, async (t) => {
    const twin = await startFish(t, { maxTextLength: 400 });
    const response = await post(twin.url, body);
    assert.equal(response.status, status);
    assert.equal(await response.text(), answer);
    assert.match(String(twin.seen()[0]?.state), /refused|failed/);
  });

test("lists fields that do not fit, indented", async (t) => {
  const twin = await startFish(t);
  const response = await post(twin.url, { text: "a", format: "flac", temperature: "0.7", top_p: 1 });
  assert.equal(response.status, 422);
  const expected = "'wav', 'pcm', 'mp3' or 'opus'";
  const list = [
    { type: "literal_error", loc: ["format"], msg: `Input should be ${expected}`, input: "flac", ctx: { expected } },
    { type: "float_type", loc: ["temperature"], msg: "Input should be a valid number", input: "0.7" },
  ].map((fault) => ({ ...fault, url: `https://errors.pydantic.dev/2.11/v/${fault.type}` }));
  assert.equal(await response.text(), JSON.stringify(list, null, 2));
  assert.equal((await post(twin.url, { text: "a", chunk_length: 5, max_new_tokens: "20" })).status, 200);
});

/** What is answered instead of any work. */
const answered: [word: string, status: number, body: RegExp, header?: string][] = [
  ["LONG", 400, /^{"statusCode":400,"message":"Text is too long, max length is 400","error":"Bad Request"}$/],
  ["DENIED", 401, /^{"statusCode":401,"message":"Invalid token","error":"Unauthorized"}$/],
  ["MEDIA", 415, /^{"statusCode":415,"message":null,"error":"Unsupported Media Type"}$/],
  ["SCHEMA", 422, /^\[\n {2}{\n {4}"type": "string_type",/],
  ["EMPTY", 500, /"message":"No audio generated, please check the input text."/],
  ["BUSY", 503, /^<h1>/, "retry-after"],
];

for (const [word, status, body, header] of answered)
  test(`${word}: ${triggers[word]?.does}`, async (t) => {
    const twin = await startFish(t);
    const response = await post(twin.url, { text: `hello ${word}` });
    assert.equal(response.status, status);
    assert.match(await response.text(), body);
    if (header !== undefined) assert.ok(response.headers.has(header));
    assert.equal(twin.seen()[0]?.state, "refused");
  });

test(`RESET: ${triggers.RESET?.does}`, async (t) => {
  const twin = await startFish(t);
  const connection = connectRaw(twin.url, t);
  connection.send("POST /v1/tts HTTP/1.1\r\ncontent-type: application/json", '{"text":"hello RESET"}');
  await connection.untilEnded();
  assert.deepEqual([connection.ended(), connection.bytes()], ["reset", ""]);
});

test("ODD: the pieces end inside the header and inside samples, and join to the same file", async (t) => {
  const twin = await startFish(t, { mode: "1.5.0", speaker: { speak: () => new Int16Array(9000).fill(1000) } });
  const chunks = async (text: string) => {
    const connection = connectRaw(twin.url, t);
    connection.send(
      "POST /v1/tts HTTP/1.1\r\ncontent-type: application/json",
      JSON.stringify({ text, streaming: true }),
    );
    await connection.untilSeen("\r\n0\r\n\r\n");
    return readChunked(connection.bytes()).chunks;
  };
  const [odd, even] = [await chunks("hello ODD"), await chunks("hello")];
  assert.deepEqual(
    odd.slice(0, 4).map(({ length }) => length),
    [5, 33, 1, 5],
  );
  assert.ok(odd.some(({ length }) => length === 4095));
  assert.equal(even.length, 2);
  assert.deepEqual(Buffer.concat(odd), Buffer.concat(even));
});

test("a fault may strike once, always, or not at all", async (t) => {
  const statuses = async (options: Parameters<typeof startFish>[1], ...texts: string[]) => {
    const twin = await startFish(t, options);
    const answers: number[] = [];
    for (const text of texts) answers.push((await post(twin.url, { text })).status);
    return answers;
  };
  assert.deepEqual(await statuses({}, "FAIL ONCE", "FAIL ONCE", "FAIL ONCE too"), [500, 200, 500]);
  assert.deepEqual(await statuses({ fault: "FAIL" }, "hello"), [500]);
  assert.deepEqual(await statuses({ faults: false }, "FAIL"), [200]);
  assert.deepEqual(await statuses({ faults: false, fault: "BUSY" }, "hello"), [503]);
});

test("short texts come out as noise as often as is said, the same ones for the same seed", async (t) => {
  const garbled = async (text: string, seed: number) => {
    const twin = await startFish(t, { garble: { belowSeconds: 0.9, probability: 0.3 }, seed });
    for (let i = 0; i < 60; i++) await (await post(twin.url, { text, reference_id: "emma" })).arrayBuffer();
    return twin.seen().map((entry) => entry.garbled);
  };
  const drawn = await garbled("好的。", 5);
  const count = drawn.filter((noisy) => noisy).length;
  assert.ok(count > 8 && count < 30, `${count} of 60`);
  assert.deepEqual(await garbled("好的。", 5), drawn);
  assert.ok(!(await garbled("今天天气很好，适合出去走走。", 5)).includes(true));
});

test("says which content types it reads", async (t) => {
  const twin = await startFish(t);
  const response = await post(twin.url, "a", { "content-type": "text/plain" });
  assert.equal(response.status, 415);
  assert.equal(await response.text(), error(415, null, "Unsupported Media Type"));
  assert.equal(response.headers.get("accept"), "application/msgpack, application/json, multipart/form-data");
});

test("asks for the key on every route, health too, by the letter", async (t) => {
  const twin = await startFish(t, { apiKey: "secret" });
  const health = (authorization?: string) =>
    fetch(`${twin.url}/v1/health`, { headers: authorization === undefined ? {} : { authorization } });
  for (const missing of [undefined, "bearer secret"]) {
    const response = await health(missing);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
    assert.equal(await response.text(), error(401, null, "Unauthorized"));
  }
  const wrong = await health("Bearer wrong");
  assert.equal(wrong.headers.get("www-authenticate"), null);
  assert.equal(await wrong.text(), error(401, "Invalid token", "Unauthorized"));
  assert.equal(await (await health("Bearer secret")).text(), '{"status":"ok"}');
});

test("knows its paths and methods", async (t) => {
  const twin = await startFish(t);
  const unknown = await fetch(`${twin.url}/v1/models`);
  assert.deepEqual([unknown.status, await unknown.text()], [404, error(404, null, "Not Found")]);
  const wrong = await fetch(`${twin.url}/v1/tts`);
  assert.deepEqual([wrong.status, await wrong.text(), wrong.headers.get("allow")], [405, "", "POST"]);
});

for (const name of ["FAIL", "CUT"])
  test(`a stream with ${name} is cut without its end`, async (t) => {
    const twin = await startFish(t);
    const connection = connectRaw(twin.url, t);
    connection.send(
      "POST /v1/tts HTTP/1.1\r\ncontent-type: application/json",
      JSON.stringify({ text: `hello ${name}`, streaming: true }),
    );
    await connection.untilEnded();
    const { status, whole } = readChunked(connection.bytes());
    assert.deepEqual([status, whole], ["HTTP/1.1 200 OK", false]);
    assert.equal(twin.seen()[0]?.state, "failed");
  });

test("a file with CUT ends in the middle", async (t) => {
  const twin = await startFish(t);
  const response = await post(twin.url, { text: "hello CUT" });
  assert.equal(response.status, 200);
  await assert.rejects(response.arrayBuffer());
});

test("words in capitals garble the sound", async (t) => {
  const twin = await startFish(t);
  const samples = async (text: string, rest: object = {}) => {
    const file = await (await post(twin.url, { text, reference_id: "emma", ...rest })).arrayBuffer();
    return new Int16Array(file, 44);
  };
  assert.equal((await samples("SHORT 一二三四五六七八九十")).length, 4 * 2048);
  assert.equal((await samples("LOOP")).length, 1024 * 2048);
  assert.equal((await samples("LOOP", { max_new_tokens: 60 })).length, 60 * 2048);
  assert.ok((await samples("SILENT 一二三")).every((sample) => sample === 0));
  const loud = await samples("WRAP 一二三");
  assert.deepEqual([loud.includes(32_767), loud.includes(-32_768)], [true, false], "a file is clipped");
  const streamed = await post(twin.url, { text: "WRAP 一二三", reference_id: "emma", streaming: true });
  const wrapped = new Int16Array(await streamed.arrayBuffer());
  const spike = wrapped.indexOf(-32_768);
  assert.ok((wrapped[spike - 1] as number) > 16_000 && (wrapped[spike + 1] as number) > 16_000);
  assert.equal(wrapped.filter((sample) => sample === -32_768).length, 1);
});

test("references are kept, renamed and deleted, in MessagePack unless JSON is asked for", async (t) => {
  const twin = await startFish(t);
  const call = async (method: string, path: string, body?: FormData | object) => {
    const form = body instanceof FormData;
    const response = await fetch(`${twin.url}/v1/references/${path}`, {
      method,
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
      headers: body === undefined || form ? {} : type,
    });
    assert.equal(
      response.headers.get("content-type"),
      response.status === 422 ? "application/json" : "application/msgpack",
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    return [response.status, response.status === 422 ? JSON.parse(bytes.toString()) : decode(bytes)];
  };
  const form = (id: string) => {
    const data = new FormData();
    data.set("id", id);
    data.set("text", "hello");
    data.set("audio", new Blob([new Uint8Array(100)]), "voice.wav");
    return data;
  };
  const message = (text: string, success: boolean) => ({ success, message: text, reference_id: "v" });
  assert.deepEqual(await call("POST", "add", form("v")), [
    200,
    message("Reference voice 'v' added successfully", true),
  ]);
  assert.deepEqual(await call("POST", "add", form("v")), [409, message("Reference ID 'v' already exists", false)]);
  assert.deepEqual((await call("POST", "add", form("../v")))[0], 400);
  assert.deepEqual((await call("POST", "add", new FormData()))[0], 422);
  assert.deepEqual(await call("POST", "update", { old_reference_id: "v", new_reference_id: "w" }), [
    200,
    {
      success: true,
      message: "Reference voice renamed from 'v' to 'w' successfully",
      old_reference_id: "v",
      new_reference_id: "w",
    },
  ]);
  assert.deepEqual(await call("DELETE", "delete", { reference_id: "v" }), [
    404,
    message("Reference ID 'v' not found", false),
  ]);
  assert.deepEqual((await call("DELETE", "delete", { reference_id: "w" }))[0], 200);
  await post(twin.url, { text: "hello", reference_id: "ghost" });
  assert.deepEqual((await call("POST", "add", form("ghost")))[0], 409, "speaking with an unknown id blocks it");
});
