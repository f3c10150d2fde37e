import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { createVirtualClock } from "../../../../infra/clock/virtual.ts";
import { readSse } from "../../../common/engine/sse.ts";
import type { ChatEvent } from "../../chat.ts";
import { readAnswer } from "./answer.ts";

const options = {
  model: "model",
  clock: createVirtualClock(),
  opened: false,
  json: true,
  onTemplate: () => {},
};

/** What an answer says, however it was cut up: its text, and everything else. */
async function heard(chunks: Iterable<Uint8Array>) {
  const arriving = (async function* () {
    yield* chunks;
  })();
  const events: ChatEvent[] = [];
  let error = "";
  try {
    for await (const event of readAnswer(readSse(arriving), options)) events.push(event);
  } catch (thrown) {
    error = String(thrown);
  }
  const text = events.map((event) => (event.type === "delta" ? event.text : "")).join("");
  return { text, error, rest: events.filter(({ type }) => type !== "delta") };
}

const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }).map((content) => ({ choices: [{ delta: { content } }] })),
  },
  fc
    .constantFrom("stop", "length", "abort", "new")
    .map((reason) => ({ choices: [{ delta: {}, finish_reason: reason }] })),
  fc.constant({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }),
  fc.constant({ error: { message: "dead", code: 500 } }),
);
const stream = fc
  .tuple(fc.array(event, { maxLength: 12 }), fc.boolean())
  .map(([events, done]) => [...events.map((item) => JSON.stringify(item)), ...(done ? ["[DONE]"] : [])])
  .map((lines) => Buffer.from(lines.map((line) => `data: ${line}\n\n`).join("")));

test("how the bytes were cut up makes no difference", async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.array(fc.nat(2000), { maxLength: 40 }), async (bytes, cuts) => {
      const borders = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = borders.slice(1).map((border, i) => bytes.subarray(borders[i], border));
      assert.deepEqual(await heard(chunks), await heard([bytes]));
    }),
    { numRuns: 1000 },
  );
});

test("an answer ends in exactly one way", async () => {
  await fc.assert(
    fc.asyncProperty(stream, async (bytes) => {
      const { error, rest } = await heard([bytes]);
      const types = rest.map(({ type }) => type);
      if (error === "") assert.deepEqual(types, ["started", "finished"]);
      else assert.ok(types.length === 0 || (types.length === 1 && types[0] === "started"));
    }),
  );
});
