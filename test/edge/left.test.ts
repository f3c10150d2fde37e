/**
 * A caller who leaves is no failure of the edge: whatever they asked for and whenever they left, the log and the
 * metrics say so.
 */
import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import type { Log } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";
import { ask, rawProtocols } from "./leaving/ask.ts";

const told: string[] = [];
const tell = (_: object, message: string) => void told.push(message);
const log = { debug() {}, info() {}, warn() {}, error: tell } as never as Log;
const metrics = createMetrics({ runtime: false });
let stack: Stack;
beforeAll(async () => {
  const settings = { DUET_GENERATE_MAX_TOKENS: "8192" };
  stack = await startStack({ timeScale: 0.1, settings, edge: { log, metrics } });
});
afterAll(() => stack.close());
beforeEach(() => {
  told.length = 0;
  metrics.registry.resetMetrics();
});

const question = "[[tokens:2000]]";
const spoken = { modalities: ["text", "audio"], audio: { voice: "alloy", format: "pcm16" } };
const faces: Readonly<Record<string, readonly [path: string, body: object]>> = {
  "a chat completion": ["chat/completions", chat({})],
  "a chat completion, streamed": ["chat/completions", chat({ stream: true })],
  "a chat completion, heard": ["chat/completions", chat({ ...spoken, audio: { voice: "alloy", format: "wav" } })],
  "a chat completion, heard as it is written": ["chat/completions", chat({ stream: true, ...spoken })],
  speech: ["audio/speech", { model: "tts-1", voice: "alloy", input: "One, two, three. ".repeat(400) }],
  "speech in events": [
    "audio/speech",
    { model: "tts-1", voice: "alloy", input: "One, two, three. ".repeat(400), stream_format: "sse" },
  ],
};
function chat(more: object) {
  return { model: "duet", messages: [{ role: "user", content: question }], ...more };
}

/** Asks, and waits until it is at work, or has sent half of its request. */
async function begin(name: string, half: boolean): Promise<Socket> {
  const [path, body] = faces[name] ?? [];
  const protocol = rawProtocols[name];
  if (protocol !== undefined) return (await ask(stack.url, protocol, question, { half })).socket;
  const { hostname, port, host } = new URL(stack.url);
  const socket = connect(Number(port), hostname)
    .on("error", () => {})
    .resume();
  const text = JSON.stringify(body);
  const head = `POST /v1/${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  await new Promise((resolve) => socket.write(head + (half ? text.slice(0, 20) : text), resolve));
  return socket;
}

/** How calls have ended, by their codes. */
async function codes(): Promise<string[]> {
  const text = await metrics.registry.metrics();
  return [...text.matchAll(/^duet_edge_calls_total\{.*code="(\w+)"\} [1-9]/gm)].map(([, code]) => String(code));
}

for (const name of [...Object.keys(rawProtocols), ...Object.keys(faces)])
  describe(`${name}: a caller who leaves`, () => {
    it("in mid-answer has cancelled their call", async () => {
      const socket = await begin(name, false);
      await until("a turn runs", () => stack.edge.turnCount > 0);
      socket.destroy();
      await until("none runs", () => stack.edge.turnCount === 0);
      let ended: string[] = [];
      for (let tries = 0; tries < 200 && ended.length === 0; tries++) {
        ended = await codes();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      assert.deepEqual(ended, ["CANCELLED"]);
      assert.deepEqual(told, []);
    });

    it("in mid-request has failed nothing", async () => {
      const socket = await begin(name, true);
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      await until("it is gone", () => stack.edge.connectionCount === 0);
      assert.deepEqual(
        (await codes()).filter((code) => code !== "CANCELLED"),
        [],
      );
      assert.deepEqual(told, []);
    });
  });
