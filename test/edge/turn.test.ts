import assert from "node:assert/strict";
import { Code, type ConnectError } from "@connectrpc/connect";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { ErrorInfoSchema, RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { untilQuiet } from "../support/quiet.ts";
import { type Stack, startStack } from "../support/stack.ts";

let stack: Stack;
let customer: ReturnType<typeof createGrpcClient>;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0.2, settings: { DUET_SYNTHESIZE_MAX_SESSIONS: "2" } });
  customer = createGrpcClient(stack.url);
});
afterAll(async () => {
  customer.close();
  await stack.close();
});
afterEach(() => untilQuiet(stack));

const converse = (text: string, options: { timeoutMs?: number; headers?: HeadersInit } = {}) =>
  readTurn(customer.client.converse({ text }, options));
const speak = (text: string) => readTurn(customer.client.speak({ text }));

describe("a turn", () => {
  it("is heard before it is written to its end", async () => {
    const { events, finished } = await converse("[[tokens:240]]");
    const firstAudio = events.findIndex(({ event }) => event.case === "audio");
    const lastText = events.findLastIndex(({ event }) => event.case === "textDelta");
    assert.ok(firstAudio < lastText, `audio at ${firstAudio}, last text at ${lastText}`);
    const { admittedMs = -1, firstTextMs = -1, firstAudioMs = -1, totalMs = -1 } = finished.timings ?? {};
    assert.ok(0 <= admittedMs && admittedMs <= firstTextMs && firstTextMs <= firstAudioMs && firstAudioMs <= totalMs);
  });

  it("tells the language in which figures are read, from the request or from the question", async () => {
    const told = async (text: string, language = "") =>
      (await readTurn(customer.client.converse({ text, language }))).events
        .flatMap(({ event }) => (event.case === "started" ? [event.value.language] : []))
        .join();
    assert.equal(await told("[[say:42.]] Wie spät ist es?"), "de");
    assert.equal(await told("[[say:42.]] 现在几点？", "PT-br"), "pt-BR");
    assert.equal(await told("[[say:42.]] 42?"), "");
  });

  it("reads figures in the language of the question", async () => {
    const { events } = await converse("[[say:42.]] ¿Qué hora es?");
    const spoken = events.flatMap(({ event }) => (event.case === "segment" ? [event.value.spoken] : []));
    assert.deepEqual(spoken, ["cuarenta y dos."]);
  });

  it("gives the model instructions, history and options as asked", async () => {
    await readTurn(
      customer.client.converse({
        text: "[[say:Four.]] and now?",
        instructions: "Count.",
        history: [
          { role: 1, content: "Two?" },
          { role: 2, content: "Three." },
        ],
        generation: { maxTokens: 30, temperature: 0.5, seed: 7 },
      }),
    );
    const { body, headers } = stack.vllm.seen().at(-1) ?? {};
    const sent = body as { messages: unknown; max_tokens: number; temperature: number; seed: number };
    assert.deepEqual(sent.messages, [
      { role: "system", content: "Count." },
      { role: "user", content: "Two?" },
      { role: "assistant", content: "Three." },
      { role: "user", content: "[[say:Four.]] and now?" },
    ]);
    assert.deepEqual([sent.max_tokens, sent.temperature, sent.seed], [30, 0.5, 7]);
    assert.match(String(headers?.["x-request-id"]), /^[0-9a-f-]{36}$/);
  });

  it("carries the caller's trace to the engine", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    await converse("[[say:Hello there, my friend.]]", {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    assert.match(String(stack.vllm.seen().at(-1)?.headers.traceparent), new RegExp(traceId));
  });

  it("completes in silence if nothing that was written can be spoken", async () => {
    const turn = await converse("[[say:😀 —— ！！]]");
    assert.equal(turn.finished.outcome, Outcome.COMPLETED);
    assert.equal(turn.pcm.length, 0);
  });

  it("says so if the answer was cut short", async () => {
    const turn = await readTurn(customer.client.converse({ text: "[[tokens:50]]", generation: { maxTokens: 10 } }));
    assert.equal(turn.finished.finishReason, 2);
    assert.equal(turn.finished.usage?.completionTokens, 10);
  });

  it("goes on, with a warning, when a segment cannot be spoken", async () => {
    const turn = await speak("FAIL this one please.\n\nThe next one is fine.");
    assert.equal(turn.finished.outcome, Outcome.COMPLETED);
    assert.ok(turn.events.some(({ event }) => event.case === "warning" && event.value.reason === 1));
  });

  const unspoken: readonly (readonly [string, Code, string])[] = [
    ["FAIL this one please.", Code.Unavailable, "ENGINE_BROKEN"],
    ["SILENT this one please.", Code.Unavailable, "ENGINE_EMPTY"],
    ["PAGE this one please.", Code.Internal, "ENGINE_OUTPUT_INVALID"],
  ];
  for (const [written, code, reason] of unspoken)
    it(`fails when nothing of it can be spoken, with all of its text: ${reason}`, async () => {
      for (const turn of [await converse(`[[say:${written}]]`), await speak(written)]) {
        const { outcome, error } = turn.finished;
        assert.deepEqual([outcome, error?.code, error?.reason], [Outcome.FAILED, code, reason]);
        assert.equal(turn.events[0]?.event.case, "started");
        assert.ok(turn.events.some(({ event }) => event.case === "warning" && event.value.reason === 1));
        assert.equal(turn.pcm.length, 0);
      }
      assert.equal((await converse(`[[say:${written}]]`)).text, written);
    });
});

describe("before the turn starts a failure is the call's status", () => {
  const rows: readonly (readonly [string, Code, string])[] = [
    ["overload", Code.ResourceExhausted, "ENGINE_OVERLOADED"],
    ["engine-dead", Code.Unavailable, "ENGINE_BROKEN"],
    ["reset-before", Code.Unavailable, "ENGINE_UNREACHABLE"],
    ["model-404", Code.Internal, "ENGINE_REJECTED"],
  ];
  for (const [fault, code, reason] of rows)
    it(`${fault}: and the voice's place is given back`, async () => {
      // With two places, a third refusal that kept one would be refused by the voice.
      for (let i = 0; i < 3; i++)
        await assert.rejects(converse(`[[fault:${fault}]]`), (error: ConnectError) => {
          assert.equal(Code[error.code], Code[code], error.rawMessage);
          assert.equal(error.findDetails(ErrorInfoSchema)[0]?.reason, reason);
          return true;
        });
      assert.equal((await converse("[[say:All is well again.]]")).finished.outcome, Outcome.COMPLETED);
    });

  it("an unknown voice: and the model is not asked", async () => {
    const asked = stack.vllm.seen().length;
    await assert.rejects(readTurn(customer.client.converse({ text: "hello", voice: "nobody" })), {
      code: Code.NotFound,
      rawMessage: /voice.*ListVoices/,
    });
    assert.equal(stack.vllm.seen().length, asked);
  });

  it("a voice without a free place: with the time to wait, and the model is not asked", async () => {
    const leave = new AbortController();
    const running = [1, 2].map(() => customer.client.converse({ text: "[[tokens:400]]" }, { signal: leave.signal }));
    const iterators = running.map((events) => events[Symbol.asyncIterator]());
    await Promise.all(iterators.map((iterator) => iterator.next()));
    const asked = stack.vllm.seen().length;
    await assert.rejects(converse("hello"), (error: ConnectError) => {
      assert.equal(error.code, Code.ResourceExhausted);
      assert.ok(error.findDetails(RetryInfoSchema)[0]?.retryDelay !== undefined);
      return true;
    });
    assert.equal(stack.vllm.seen().length, asked);
    leave.abort();
    await Promise.allSettled(iterators.map((iterator) => iterator.next()));
  });

  it("a deadline that is too short", async () => {
    await assert.rejects(converse("[[fault:stall-first]]", { timeoutMs: 150 }), { code: Code.DeadlineExceeded });
  });
});

describe("after the turn has started a failure is its last event", () => {
  it("an engine that breaks in mid-answer", async () => {
    const { finished, text } = await converse("[[fault:error-mid]]");
    assert.equal(finished.outcome, Outcome.FAILED);
    assert.deepEqual([finished.error?.code, finished.error?.reason], [Code.Unavailable, "ENGINE_BROKEN"]);
    assert.notEqual(text, "");
  });

  it("a deadline that passes in mid-answer, as the edge sees it", async () => {
    const response = await fetch(`${stack.url}/duet.assistant.v1.AssistantService/Converse`, {
      method: "POST",
      headers: { "content-type": "application/json", "connect-timeout-ms": "300" },
      body: JSON.stringify({ text: "[[tokens:400]]" }),
    });
    const last = JSON.parse((await response.text()).trimEnd().split("\n").at(-1) as string);
    assert.equal(last.finished.outcome, "OUTCOME_FAILED");
    assert.equal(last.finished.error.reason, "DEADLINE_EXCEEDED");
    assert.equal(last.finished.error.code, Code.DeadlineExceeded);
  });
});
