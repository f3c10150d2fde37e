import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Log } from "../../infra/log/log.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { type Came, post } from "./ask.ts";

const logged: unknown[] = [];
let stack: Stack;
beforeAll(async () => {
  const log: Log = { debug() {}, info() {}, warn() {}, error: (...said: unknown[]) => void logged.push(said) };
  stack = await startStack({ edge: { log } });
});
afterAll(() => stack.close());

const call = (rpc: string, body: object, accept: string) =>
  post(`${stack.url}/duet.assistant.v1.AssistantService/${rpc}`, body, { accept });

describe("a bare-JSON call that accepts a sound is answered by a file that plays", () => {
  const rows: [accept: string, type: string, begins: RegExp][] = [
    ["audio/wav", "audio/wav", /^RIFF....WAVEfmt /s],
    ["audio/mpeg", "audio/mpeg", /^ID3/],
    ["audio/ogg", "audio/ogg; codecs=opus", /^OggS/],
    ["audio/pcmu", "audio/pcmu", /^/],
    ["audio/wav; rate=44100", "audio/wav", /^RIFF/],
  ];
  for (const [accept, type, begins] of rows)
    for (const [rpc, body] of [
      ["Speak", { text: "Good morning." }],
      ["Converse", { text: "[[say:Good morning.]]" }],
    ] as const)
      it(`${rpc}: ${accept}`, async () => {
        const response = await call(rpc, body, accept);
        assert.equal(response.status, 200);
        assert.equal(response.headers.get("content-type"), type);
        const bytes = Buffer.from(await response.arrayBuffer());
        assert.match(bytes.toString("latin1"), begins);
        assert.ok(bytes.length > 3_000);
      });

  it("whoever accepts anything, or JSON first, gets lines", async () => {
    for (const accept of ["*/*", "application/json, audio/wav"]) {
      const response = await call("Speak", { text: "Hello." }, accept);
      assert.equal(response.headers.get("content-type"), "application/x-ndjson");
      await response.text();
    }
  });

  it("what is refused is told in JSON", async () => {
    const rows: [rpc: string, body: object, accept: string, status: number][] = [
      ["Speak", { text: "?" }, "audio/wav", 400],
      ["Speak", { text: "Hello." }, "audio/flac", 400],
      ["Speak", { text: "Hello." }, "audio/wav;pacing=real-time", 400],
      ["Speak", { text: "Hello.", voice: "nobody" }, "audio/wav", 404],
      ["Converse", { text: "[[fault:engine-dead]]" }, "audio/wav", 503],
      ["Converse", { text: "[[say:```\ncode\n```]]" }, "audio/wav", 400],
    ];
    for (const [rpc, body, accept, status] of rows) {
      const response = await call(rpc, body, accept);
      const said = (await response.json()) as Came;
      assert.equal(response.headers.get("content-type"), "application/json");
      assert.ok(typeof said.code === "string" && said.message.length > 0);
      if (status !== 503) assert.equal(response.status, status, `${JSON.stringify(body)} ${JSON.stringify(said)}`);
      else assert.ok(response.status >= 500);
    }
  });

  it("an answer that breaks off is a file that was cut, not a short one", async () => {
    await assert.rejects(async () => {
      const response = await call("Converse", { text: "[[fault:error-mid]] [[tokens:200]]" }, "audio/wav");
      assert.equal(response.status, 200, "it had begun");
      await response.arrayBuffer();
    }, TypeError);
    assert.deepEqual(logged, [], "the turn is counted as one that failed: nothing else has");
  });

  it("a line gets its frames as fast as they sound", async () => {
    const begun = performance.now();
    const response = await call("Speak", { text: "Good morning." }, "audio/pcmu; pacing=real-time");
    const bytes = await response.arrayBuffer();
    const seconds = bytes.byteLength / 8_000;
    assert.equal(bytes.byteLength % 160, 0);
    assert.ok(performance.now() - begun > (seconds - 0.04) * 1000, "not faster than it sounds");
  });
});

describe("a shape", () => {
  const schema = JSON.stringify({ type: "object", properties: { reply: { type: "string" } } });
  const converse = async (request: Came) => {
    const { client, close } = createGrpcClient(stack.url);
    try {
      return await readTurn(client.converse(request, { timeoutMs: 30_000 }));
    } finally {
      close();
    }
  };
  const lastBody = () => stack.vllm.seen().at(-1)?.body as Came;

  it("goes to the model server, with what ends the answer", async () => {
    await converse({
      text: "Well?",
      stop: ["END"],
      constraint: { shape: { case: "choice", value: { options: ["yes", "no"] } } },
    });
    assert.deepEqual([lastBody().stop, lastBody().structured_outputs], [["END"], { choice: ["yes", "no"] }]);
    await converse({ text: "Well?", constraint: { shape: { case: "regex", value: "[ab]{3}" } } });
    assert.deepEqual(lastBody().structured_outputs, { regex: "[ab]{3}" });
    await converse({ text: "[[say:{}]]", constraint: { shape: { case: "jsonSchema", value: schema } } });
    assert.deepEqual(lastBody().response_format.json_schema.schema, JSON.parse(schema));
  });

  it("of an answer in JSON the values are heard, each in its place", async () => {
    const written = '{"mood":"glad","reply":"Good morning, my friend."}';
    const { text, events, pcm } = await converse({
      text: `[[say:${written}]]`,
      constraint: { shape: { case: "jsonSchema", value: schema }, spoken: ["reply"] },
    });
    assert.equal(text, written);
    assert.ok(pcm.length > 0);
    const spoken = events
      .flatMap(({ event }) => (event.case === "segment" ? [written.slice(event.value.start, event.value.end)] : []))
      .join("");
    assert.equal(spoken, "Good morning, my friend.");
  });

  it("nothing of it that can be heard is told", async () => {
    const { events, pcm } = await converse({
      text: '[[say:{"n":3}]]',
      constraint: { shape: { case: "jsonSchema", value: '{"type":"object"}' } },
    });
    assert.equal(pcm.length, 0);
    const warned = events.flatMap(({ event }) =>
      event.case === "warning" ? [[event.value.start, event.value.end]] : [],
    );
    assert.deepEqual(warned, [[0, 7]]);
  });

  it("one that cannot be meant is refused, by its field", async () => {
    const rows: [request: object, field: string][] = [
      [{ stop: ["", "a"] }, "stop[0]"],
      [{ stop: ["a", "b", "c", "d", "e"] }, "stop"],
      [{ constraint: {} }, "constraint"],
      [{ constraint: { jsonSchema: "{" } }, "constraint.json_schema"],
      [{ constraint: { regex: "" } }, "constraint.regex"],
      [{ constraint: { choice: { options: [] } } }, "constraint.choice.options"],
      [{ constraint: { regex: "a", spoken: ["b"] } }, "constraint.spoken"],
    ];
    for (const [request, field] of rows) {
      const response = await call("Converse", { text: "Hello.", ...request }, "*/*");
      assert.equal(response.status, 400);
      const { details } = (await response.json()) as Came;
      const violations = details.flatMap(({ debug }: Came) => debug?.fieldViolations ?? []);
      assert.equal(violations[0]?.field, field);
    }
  });
});
