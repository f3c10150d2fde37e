import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { WarningReason } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { FinishReason } from "../../services/gen/duet/generate/v1/generate.ts";
import { protocols } from "../support/callers.ts";
import { checkTurn, type Event } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { ask, rawProtocols } from "./leaving/ask.ts";
import { startWriter } from "./leaving/writer.ts";

const heartbeatIntervalMs = 100;
const silenceMs = 350;

let stack: Stack;
let writer: Awaited<ReturnType<typeof startWriter>>;
beforeAll(async () => {
  writer = await startWriter([
    silenceMs,
    { $case: "started", value: { model: "a thinker" } },
    { $case: "thinking", value: { elapsedMs: 350, done: false } },
    silenceMs,
    { $case: "thinking", value: { elapsedMs: 700, done: true } },
    { $case: "delta", value: { text: "That was worth a thought." } },
    { $case: "finished", value: { reason: FinishReason.STOP, leftOut: true } },
  ]);
  stack = await startStack({ edge: { generateUrl: writer.url, heartbeatIntervalMs } });
});
afterAll(async () => {
  await stack.close();
  writer.close();
});

const casesOf = (events: readonly Event[]) => events.map(({ event }) => event.case);
const isHeartbeat = ({ event }: Event) => event.case === "heartbeat";

describe("a proxy is asked to pass everything on at once", () => {
  for (const type of ["json", "connect+json", "grpc-web+proto"])
    it(type, async () => {
      const { ended, socket } = await ask(
        stack.url,
        rawProtocols[`${type} on HTTP/1`] as (typeof rawProtocols)[string],
        "Hm?",
      );
      const [head = ""] = (await ended).split("\r\n\r\n");
      socket.destroy();
      assert.match(head, /^x-accel-buffering: no$/im);
      assert.match(head, /^cache-control: no-store, no-transform$/im);
    });
});

describe("while a model is silent", () => {
  for (const [name, make] of Object.entries(protocols))
    it(`its caller is not left in silence: ${name}`, async () => {
      const caller = make(stack.url);
      const events = await Array.fromAsync(caller.converse({ text: "Is it?" }));
      caller.close();
      const startedAt = casesOf(events).indexOf("started");
      const before = events.slice(0, startedAt).filter(isHeartbeat).length;
      const after = events.slice(startedAt).filter(isHeartbeat).length;
      assert.ok(before >= 1, `${before} heartbeats before it has started`);
      assert.ok(after >= 1, `${after} heartbeats while it thinks`);
      const { text } = checkTurn(events);
      assert.equal(text, "That was worth a thought.");
      const warnings = events.map(({ event }) => event).filter(({ case: kind }) => kind === "warning");
      const leftOut = { reason: WarningReason.NOT_SPOKEN, start: text.length, end: text.length };
      assert.deepEqual(
        warnings,
        [{ case: "warning", value: { $typeName: "duet.assistant.v1.Warning", ...leftOut } }],
        "what the model wrote beside its answer is named",
      );
      assert.deepEqual(
        events.filter(({ event }) => event.case === "thinking").map(({ event }) => event.value),
        [
          { elapsedMs: 350, done: false },
          { elapsedMs: 700, done: true },
        ].map((thought) => ({ $typeName: "duet.assistant.v1.Thinking", ...thought })),
      );
    });
});
