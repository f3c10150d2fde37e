import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { test } from "vitest";
import { ConverseResponseSchema, Outcome } from "../../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { duetProtocol } from "./duet.ts";
import { createListener } from "./listener.ts";

type Event = NonNullable<MessageInitShape<typeof ConverseResponseSchema>["event"]>;

/** A listener whose clock goes on by a millisecond each time it is looked at, and what it makes of events. */
function hear(...events: Event[]) {
  let ms = 0;
  const listener = createListener({ user: 0, nth: 0, reply: "r", intendedAtMs: 0 }, () => ms++);
  for (const [index, event] of events.entries()) {
    const message = create(ConverseResponseSchema, { sequence: index * 200, event });
    duetProtocol.onMessage(0, Buffer.from(toBinary(ConverseResponseSchema, message)), listener);
  }
  return listener;
}

/** A second of sound of which a part is silent. */
function second(silentSeconds: number): Uint8Array {
  const samples = new Int16Array(44_100).fill(2000);
  samples.fill(100, 0, Math.round(silentSeconds * 44_100));
  return new Uint8Array(samples.buffer);
}

test("text and sound are told by their tags, as the contract's own decoder would", () => {
  const record = hear(
    { case: "started", value: { turnId: "t" } },
    { case: "textDelta", value: { text: "今天，" } },
    { case: "heartbeat", value: {} },
    { case: "segment", value: { index: 0, spoken: "今天", end: 3 } },
    { case: "audio", value: { segment: 0, offset: 0, pcm: second(0.5) } },
    { case: "audio", value: { segment: 0, offset: 44_100, pcm: second(0.5) } },
    { case: "segment", value: { index: 1, spoken: "好", end: 200 } },
    { case: "audio", value: { segment: 1, offset: 300_000, pcm: second(1) } },
    { case: "audio", value: { segment: 1, offset: 344_100, pcm: second(0.25) } },
    { case: "finished", value: { outcome: Outcome.COMPLETED } },
  ).record();
  assert.equal(record.textsAtMs.length, 1);
  assert.deepEqual(record.segments, [
    { text: "今天", writtenEnd: 3 },
    { text: "好", writtenEnd: 200 },
  ]);
  assert.deepEqual(
    record.sounds.map(({ segment, seconds, silentSeconds }) => [segment, seconds, silentSeconds]),
    [
      [0, 1, 0.5],
      [0, 1, 0],
      [1, 1, 1],
      [1, 1, 0.25],
    ],
    "once a segment is heard, its rest is not looked at",
  );
  assert.equal(record.end, "finished");
});

test("a compressed message is read as any other", () => {
  const listener = hear();
  const message = create(ConverseResponseSchema, { sequence: 1, event: { case: "textDelta", value: { text: "a" } } });
  duetProtocol.onMessage(1, gzipSync(toBinary(ConverseResponseSchema, message)), listener);
  assert.equal(listener.record().textsAtMs.length, 1);
});

test("the end is told once, and by whoever knows it first", () => {
  const failed = hear({ case: "finished", value: { outcome: Outcome.FAILED, error: { reason: "ENGINE_STALLED" } } });
  duetProtocol.onTrailers({ "grpc-status": "0" }, failed);
  assert.deepEqual([failed.record().end, failed.record().reason], ["failed", "ENGINE_STALLED"]);

  const refused = hear();
  duetProtocol.onTrailers({ "grpc-status": "8", "grpc-message": "too%20much" }, refused);
  duetProtocol.onTrailers({}, refused);
  assert.deepEqual([refused.record().end, refused.record().reason], ["refused", "too much"]);

  const cut = hear({ case: "textDelta", value: { text: "a" } });
  duetProtocol.onTrailers({}, cut);
  assert.equal(cut.record().end, "failed", "a stream that ends without finished was cut");
});
