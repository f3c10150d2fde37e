import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { z } from "zod";
import { audioForms } from "../../edge/audio/formats.ts";
import { chatBody } from "../../edge/faces/openai/chat/request.ts";
import { endpoints } from "../../edge/faces/openai/endpoints.ts";
import { speechBody } from "../../edge/faces/openai/speech.ts";
import { transcriptionBody } from "../../edge/faces/openai/transcriptions/transcriptions.ts";
import { createDocs } from "../../edge/faces/openapi/page.ts";
import { jobBody, chatBody as plainChat } from "../../edge/faces/plain/bodies.ts";
import { endpoints as plainEndpoints } from "../../edge/faces/plain/face.ts";
import { formatAddress, listen } from "../../infra/net/address.ts";
import { type EarsTwin, startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { type Came, post } from "./ask.ts";

let stack: Stack;
let ears: EarsTwin;
let folder: string;
let document: Came;
beforeAll(async () => {
  ears = await startEarsTwin({ timeScale: 0, says: ["Turn on the light."] });
  const transcribe = { url: [ears.url], kind: "auto", timeoutMs: 10_000, maxAtOnce: 4, stream: false };
  const unset = { apiKey: undefined, model: undefined, language: undefined };
  folder = mkdtempSync(join(tmpdir(), "duet-openapi-"));
  const limits = { urlTtlMs: 60_000, retentionMs: 60_000, maxBytes: 1e9 };
  const stored = { folder, form: "wav", ...limits } as const;
  stack = await startStack({ timeScale: 0, edge: { stored, transcribe: { ...transcribe, ...unset } } });
  const spoken = await post(`${stack.url}/duet.assistant.v1.AssistantService/Speak`, {
    text: "Yes.",
    resumeWindowMs: 1,
  });
  resumable.turnId = JSON.parse((await spoken.text()).split("\n")[0] as string).started.turnId;
  document = await (await fetch(`${stack.url}/openapi.json`)).json();
});
afterAll(async () => {
  await stack.close();
  await ears.close();
  rmSync(folder, { recursive: true });
});

/** A validator of a documented schema. It takes no property that is not documented, where any are. */
function validator(schema: Came): z.ZodType {
  const closed = (_key: string, value: Came) =>
    value?.type === "object" && value.properties ? { additionalProperties: false, ...value } : value;
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas }, closed);
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly described: Came;
}

function operations(): Operation[] {
  return Object.entries(document.paths as Came).flatMap(([path, ways]) =>
    Object.entries(ways as Came).map(([method, described]) => ({ path, method: method.toUpperCase(), described })),
  );
}

const question = { role: "user", content: "[[say:Yes.]]" };
const speech = (more: object) => ({ body: { model: "tts-1", voice: "alloy", input: "Yes.", ...more } });
const chat = (more: object) => ({ body: { model: "duet", messages: [question], ...more } });
const resumable = { turnId: "" };
const turnId = "9b2f6c1e-0000-4000-8000-000000000000";
const heard = { modalities: ["text", "audio"], audio: { voice: "alloy", format: "pcm16" } };
const calling = {
  messages: [{ role: "user", content: "[[fault:tool-calls-parallel]]" }],
  tools: [{ type: "function", function: { name: "get_weather" } }],
};
const files = ["wav", "mpeg", "ogg", "pcm", "pcmu", "pcma"].map((form) => `audio/${form}`);
const asFiles = (body: object) => Object.fromEntries(files.map((accept) => [accept, [{ body, headers: { accept } }]]));

// A file that is passed on as it is.
const recording = Buffer.from("OggS");
const form = (fields: Record<string, string>) => {
  const body = new FormData();
  body.append("file", new File([recording], "a.ogg"));
  for (const [name, value] of Object.entries({ model: "whisper-1", ...fields })) body.append(name, value);
  return { body };
};

interface Asked {
  /** Undefined: a GET. */
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

/**
 * Requests by operation and by the media type of the answer. Those that name something that is not there get the answer
 * for that.
 */
const requests: Record<string, Record<string, Asked[]>> = {
  postChat: { "application/json": [{ body: { text: "[[say:Yes.]]", user_id: "ada", voice_style: "default" } }] },
  postJob: { "application/json": [{ body: { text: "[[say:Yes.]]" } }] },
  readJob: { "application/json": [{}] },
  deleteJob: { "application/json": [{}] },
  listPaths: { "application/json": [{}] },
  createSpeech: {
    "audio/mpeg": [speech({})],
    "audio/ogg": [speech({ response_format: "opus" })],
    "audio/wav": [speech({ response_format: "wav" })],
    "audio/pcm": [speech({ response_format: "pcm" })],
    "audio/pcmu": [speech({ response_format: "ulaw" })],
    "audio/pcma": [speech({ response_format: "alaw" })],
    "text/event-stream": [speech({ stream_format: "sse" })],
  },
  createTranscription: {
    "application/json": [form({}), form({ response_format: "verbose_json" })],
    "text/plain": [form({ response_format: "text" })],
    "text/event-stream": [form({ stream: "true" })],
  },
  createChatCompletion: {
    "application/json": [chat({}), chat(heard), chat(calling)],
    "text/event-stream": [
      chat({ stream: true, stream_options: { include_usage: true } }),
      chat({ stream: true, ...heard }),
      chat({ stream: true, ...calling }),
    ],
  },
  listModels: { "application/json": [{}] },
  getModel: { "application/json": [{}] },
  listOpenAiVoices: { "application/json": [{}] },
  Converse: {
    "application/x-ndjson": [
      "[[say:Yes, of course.]]",
      "[[say:Look: ```\ncode\n``` That is all.]]",
      "[[fault:error-mid]] [[tokens:200]]",
    ].map((text) => ({ body: { text, sessionId: "s" } })),
    ...asFiles({ text: "[[say:Yes.]]" }),
  },
  Speak: {
    "application/x-ndjson": [{ body: { text: "Yes." } }, { body: { text: "Yes." } }],
    ...asFiles({ text: "Yes." }),
  },
  Resume: { "application/x-ndjson": [{ body: resumable }], ...asFiles(resumable) },
  Chat: { "application/json": [{ body: { text: "[[say:Yes.]]" } }] },
  SubmitChat: { "application/json": [{ body: { chat: { text: "[[say:Yes.]]" } } }] },
  GetJob: { "application/json": [{ body: { jobId: turnId } }] },
  CancelJob: { "application/json": [{ body: { jobId: turnId } }] },
  Transcribe: { "application/json": [{ body: { audio: { data: recording.toString("base64") } } }] },
  Interrupt: { "application/json": [{ body: { turnId } }] },
  ReportPlayback: { "application/json": [{ body: { turnId, played: {} } }] },
  GetSession: { "application/json": [{ body: { sessionId: "s" } }] },
  ListSessions: { "application/json": [{ body: { userId: "ada" } }] },
  DeleteSession: { "application/json": [{ body: { sessionId: "s" } }] },
  ListVoices: { "application/json": [{ body: {} }] },
  GetStatus: { "application/json": [{ body: {} }] },
};

/** Holds an answer to what the document says of it; returns what it is made of. */
async function expectDescribed({ described }: Operation, response: Response): Promise<Came[]> {
  const type = (response.headers.get("content-type") ?? "").split(";")[0] as string;
  let answer = described.responses[response.status] ?? described.responses.default;
  if (answer.$ref) answer = document.components.responses[answer.$ref.split("/").at(-1)];
  assert.ok(answer.content[type], `${response.status} ${type}`);
  if (!/json$|event-stream$/.test(type)) {
    assert.ok((await response.arrayBuffer()).byteLength > 0);
    return [];
  }
  const text = await response.text();
  const pieces =
    type === "text/event-stream" ? dataOf(text) : type.endsWith("ndjson") ? text.trim().split("\n") : [text];
  const validate = validator(answer.content[type].schema);
  return pieces.map((piece) => {
    const read = validate.safeParse(JSON.parse(piece));
    assert.ok(read.success, `${piece}: ${read.error}`);
    return JSON.parse(piece);
  });
}

function dataOf(stream: string): string[] {
  const data = stream.split("\n\n").filter((event) => event.startsWith("data: "));
  return data.map((event) => event.slice("data: ".length)).filter((event) => event !== "[DONE]");
}

const idOf = ({ described }: Operation): string => described.operationId;
const urlOf = ({ path }: Operation) => stack.url + path.replace("{id}", "duet");

describe("what is documented is what comes", () => {
  it("every operation, in every form of its answer, has a request here", () => {
    const documented = operations().map((one) => [
      idOf(one),
      Object.keys((one.described.responses["200"] ?? one.described.responses["202"]).content).sort(),
    ]);
    const asked = Object.entries(requests).map(([id, types]) => [id, Object.keys(types).sort()]);
    assert.deepEqual(documented.sort(), asked.sort());
    assert.equal(document.openapi, "3.1.1");
  });

  for (const [id, types] of Object.entries(requests))
    it(id, async () => {
      const operation = operations().find((one) => idOf(one) === id) as Operation;
      for (const [type, asked] of Object.entries(types))
        for (const { body, headers } of asked) {
          const response =
            body === undefined
              ? await fetch(urlOf(operation), { method: operation.method })
              : body instanceof FormData
                ? await fetch(urlOf(operation), { method: "POST", body })
                : await post(urlOf(operation), body, headers);
          if (response.ok) assert.equal(response.headers.get("content-type")?.split(";")[0], type);
          const pieces = await expectDescribed(operation, response);
          if (type.endsWith("stream") || type.endsWith("ndjson")) assert.ok(pieces.length > 1);
        }
    });

  it("where a segment comes from stands in its event", async () => {
    const [operation] = operations().filter((one) => idOf(one) === "Speak") as [Operation];
    const lines = await expectDescribed(operation, await post(urlOf(operation), { text: "Where is it from?" }));
    assert.deepEqual(
      lines.flatMap(({ segment }) => (segment === undefined ? [] : [segment.source])),
      ["SEGMENT_SOURCE_ENGINE"],
    );
  });

  it("what each refuses, too", async () => {
    for (const operation of operations()) {
      const wrong = await post(urlOf(operation), operation.method === "POST" ? "{" : "{}");
      assert.ok(wrong.status >= 400, idOf(operation));
      assert.equal((await expectDescribed(operation, wrong)).length, 1);
    }
  });

  it("and the validator can fail", () => {
    for (const [name, value] of [
      ["OpenAiError", { detail: "x" }],
      ["ChatCompletion", { id: 1 }],
      ["ModelList", { object: "list", data: [], more: 1 }],
    ] as const)
      assert.ok(!validator({ $ref: `#/components/schemas/${name}` }).safeParse(value).success, name);
  });
});

describe("what there is is documented", () => {
  it("every path of OpenAI's face", () => {
    const named = new Set(operations().map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/, "{}")}`));
    for (const { method, path } of endpoints) assert.ok(named.has(`${method} ${path}`), path);
  });

  it("every path of the plain face, and every field of it", () => {
    const named = new Set(operations().map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/, "{}")}`));
    for (const { method, path } of plainEndpoints) assert.ok(named.has(`${method} ${path}`), path);
    const { PlainChat, PlainJobRequest } = document.components.schemas;
    assert.deepEqual(Object.keys(PlainChat.properties).sort(), Object.keys(plainChat.shape).sort());
    assert.deepEqual(Object.keys(PlainJobRequest.properties).sort(), Object.keys(jobBody.shape).sort());
  });

  it("every field that is read, and every form of sound", () => {
    const { CreateSpeech, CreateChatCompletion, CreateTranscription } = document.components.schemas;
    assert.deepEqual(Object.keys(CreateSpeech.properties).sort(), Object.keys(speechBody.shape).sort());
    assert.deepEqual(Object.keys(CreateChatCompletion.properties).sort(), Object.keys(chatBody.shape).sort());
    assert.deepEqual(Object.keys(CreateTranscription.properties).sort(), Object.keys(transcriptionBody.shape).sort());
    assert.deepEqual(CreateSpeech.properties.response_format.enum, Object.keys(audioForms));
  });
});

describe("where it says that callers find it", () => {
  const rows: [publicUrl: string | undefined, url: string][] = [
    [undefined, "."],
    ["https://example.com", "https://example.com"],
    ["https://example.com/duet/", "https://example.com/duet"],
    ["http://10.0.0.1:8080/a/b", "http://10.0.0.1:8080/a/b"],
  ];
  for (const [publicUrl, url] of rows)
    it(`${publicUrl}`, async () => {
      const docs = createDocs(publicUrl);
      const server = createServer((request, response) => void docs(request.url ?? "", response));
      const at = `http://${formatAddress(await listen(server, { host: "127.0.0.1", port: 0 }, ""))}`;
      try {
        const serversAt = async (path: string) => ((await (await fetch(at + path)).json()) as Came).servers;
        assert.deepEqual(await serversAt("/openapi.json"), [{ url }]);
        assert.equal((await serversAt("/docs/openapi.json"))[0].url, "..");
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
});

it("the page and all that it loads come from here", async () => {
  for (const path of ["/docs", "/docs/start.js", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"]) {
    const response = await fetch(stack.url + path);
    assert.equal(response.status, 200);
    const text = await response.text();
    if (path === "/docs" || path === "/docs/start.js") assert.doesNotMatch(text, /https?:\/\//);
  }
  const slashed = await fetch(`${stack.url}/docs/`, { redirect: "manual" });
  assert.equal(new URL(slashed.headers.get("location") ?? "", `${stack.url}/docs/`).pathname, "/docs");
});
