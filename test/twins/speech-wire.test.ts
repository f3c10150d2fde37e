import assert from "node:assert/strict";
import { test } from "vitest";
import { type SpeechKindName, speechKinds } from "../../infra/twins/speech/kinds/kinds.ts";
import { connectRaw, readChunked } from "./raw.ts";
import { startSpeech } from "./start.ts";

const text = "Hello there.";
const voiceOf = (kind: SpeechKindName) => speechKinds[kind].voices[0] ?? "alloy";
const bodyOf = (kind: SpeechKindName, fields: object) => ({
  model: speechKinds[kind].models[0],
  input: text,
  voice: voiceOf(kind),
  ...fields,
});

function ask(url: string, body: object) {
  return fetch(`${url}/v1/audio/speech`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

const riff = "52494646ffffffff57415645";
/** Of each server: what it is asked, and how the head and the first chunk of its answer look. */
const answers: [SpeechKindName, object, headers: RegExp, begins: RegExp][] = [
  [
    "vllm-omni",
    { stream: true, stream_format: "audio", response_format: "pcm" },
    /^date: .*GMT\nserver: uvicorn\ncontent-type: audio\/pcm\nTransfer-Encoding: chunked$/,
    /^0000/,
  ],
  ["vllm-omni", { stream_format: "audio", response_format: "wav" }, /content-type: audio\/wav\n/, RegExp(`^${riff}`)],
  [
    "vllm-omni",
    { stream: true, response_format: "pcm" },
    /content-type: text\/event-stream; charset=utf-8\n/,
    hexOf('event: speech.audio.delta\ndata: {"type":"speech.audio.delta","audio":"'),
  ],
  [
    "sglang-omni",
    { stream: true, response_format: "pcm" },
    /content-type: audio\/pcm\nx-sample-rate: 44100\nx-channels: 1\nx-bit-depth: 16\n/,
    /^0000/,
  ],
  [
    "sglang-omni-pcm-events",
    { stream: true, response_format: "pcm" },
    /event-stream/,
    hexOf('data: {"id":"speech-1","object":"audio.speech.chunk","index":0,"audio":{"data":"'),
  ],
  ["sglang-omni-wav-events", { stream: true }, /event-stream/, hexOf('data: {"id":"speech-1","object":"audio.spe')],
  [
    "kokoro-fastapi",
    { response_format: "pcm" },
    /content-type: audio\/pcm\ncontent-disposition: attachment; filename=speech.pcm\ncache-control: no-cache\nx-accel-buffering: no\n/,
    /^0000/,
  ],
  ["localai", { stream: true }, /^Content-Type: audio\/wav\nCache-Control: no-cache\nDate: /, RegExp(`^${riff}`)],
  ["speaches", { response_format: "pcm", sample_rate: 16_000 }, /content-type: audio\/pcm\n/, /^0000/],
  ["speaches", { stream_format: "sse" }, /event-stream/, hexOf('data: {"type":"speech.audio.delta","audio":"')],
  ["openedai-speech", { response_format: "pcm" }, /content-type: audio\/pcm;rate=22050\n/, /^0000/],
  ["openai", { response_format: "pcm" }, /content-type: audio\/pcm\n/, /^0000/],
];

function hexOf(beginning: string): RegExp {
  return new RegExp(`^${Buffer.from(beginning).toString("hex")}`);
}

for (const [kind, fields, head, begins] of answers)
  test(`${kind} answers ${JSON.stringify(fields)} as the server does`, async (t) => {
    const twin = await startSpeech(t, { kind });
    const connection = connectRaw(twin.url, t);
    const line = "POST /v1/audio/speech HTTP/1.1\r\ncontent-type: application/json";
    connection.send(line, JSON.stringify(bodyOf(kind, fields)));
    await connection.untilSeen("\r\n0\r\n\r\n");
    const { status, headers, chunks } = readChunked(connection.bytes());
    assert.equal(status, "HTTP/1.1 200 OK");
    assert.match(headers.join("\n"), head);
    assert.match((chunks[0] as Buffer).subarray(0, 100).toString("hex"), begins);
  });

/** What each server says to what it refuses. */
const refusals: [SpeechKindName, object, status: number, body: object][] = [
  [
    "vllm-omni",
    { model: "x" },
    404,
    { error: { message: "The model `x` does not exist.", type: "NotFoundError", param: "model", code: 404 } },
  ],
  [
    "vllm-omni",
    { stream: true, response_format: "mp3" },
    400,
    {
      error: {
        message: "Streaming is only supported for 'pcm' and 'wav' formats, got 'mp3'",
        ...{ type: "BadRequestError", param: null, code: 400 },
      },
    },
  ],
  [
    "sglang-omni",
    { stream: true },
    400,
    {
      error: {
        message: "stream=true requires response_format='pcm'",
        ...{ type: "BadRequestError", param: "response_format", code: 400 },
      },
    },
  ],
  [
    "kokoro-fastapi",
    { model: "x" },
    400,
    { detail: { error: "invalid_model", message: "Unsupported model: x", type: "invalid_request_error" } },
  ],
  ["localai", { model: "x" }, 400, { error: { code: 400, message: "Bad Request", type: "" } }],
  ["speaches", { voice: "x" }, 422, { detail: "Voice 'x' is not supported" }],
  [
    "openedai-speech",
    { input: "" },
    400,
    { message: "Empty Input", code: 400, type: "BadRequestError", param: "input" },
  ],
];

for (const [kind, fields, status, body] of refusals)
  test(`${kind} refuses ${JSON.stringify(fields)} in its own way`, async (t) => {
    const twin = await startSpeech(t, { kind });
    const answer = await ask(twin.url, bodyOf(kind, fields));
    assert.deepEqual([answer.status, await answer.json()], [status, body]);
    assert.equal(twin.seen()[0]?.state, "refused");
  });

for (const [kind, listed] of [
  ["vllm-omni", { voices: ["a", "b"], uploaded_voices: [] }],
  [
    "kokoro-fastapi",
    {
      voices: [
        { id: "a", name: "a" },
        { id: "b", name: "b" },
      ],
    },
  ],
  ["localai", undefined],
] as const)
  test(`${kind} lists ${listed === undefined ? "no voices" : "its voices in its own way"}`, async (t) => {
    const twin = await startSpeech(t, { kind, voices: ["a", "b"] });
    const answer = await fetch(`${twin.url}/v1/audio/voices`);
    assert.equal(answer.status, listed === undefined ? 404 : 200);
    const body = await answer.json();
    if (listed !== undefined) assert.deepEqual(body, listed);
  });

for (const [kind, goesOn] of [
  ["vllm-omni", false],
  ["localai", true],
] as const)
  test(`${kind} works ${goesOn ? "on for a client that leaves" : "no more for a client that has left"}`, async (t) => {
    const twin = await startSpeech(t, { kind, timeScale: 0.2 });
    const leaving = new AbortController();
    const body = bodyOf(kind, { input: "a".repeat(600), stream: true, stream_format: "audio", response_format: "pcm" });
    const answer = fetch(`${twin.url}/v1/audio/speech`, {
      ...{ method: "POST", body: JSON.stringify(body), signal: leaving.signal },
    }).catch(() => {});
    while (twin.seen()[0]?.state !== "running") await new Promise(setImmediate);
    leaving.abort();
    await answer;
    const entry = twin.seen()[0];
    while (entry?.endedAtMs === undefined) await new Promise(setImmediate);
    assert.ok(entry.clientLeft);
    assert.equal(entry.audioSeconds > 39, goesOn, `${entry.audioSeconds} s were made`);
  });

test("several speak at once, and each sees that it is not alone", async (t) => {
  const twin = await startSpeech(t, { timeScale: 0.1 });
  const body = bodyOf("vllm-omni", { stream_format: "audio", response_format: "pcm" });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ask(twin.url, body).then((answer) => answer.blob())),
  );
  assert.deepEqual(new Set(answers.map(({ size }) => size)).size, 1);
  assert.ok(Math.max(...twin.seen().map(({ together }) => together)) > 4);
});
