import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TurnEvent } from "../events.ts";
import { readTextAhead } from "./text-ahead.ts";

const text = (length: number): TurnEvent => ({ case: "textDelta", value: { text: "x".repeat(length) } });
const thinking: TurnEvent = { case: "thinking", value: { elapsedMs: 1, done: false } };
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Text in pieces of 4,096 characters, which nobody takes but for the first of it. */
async function* much(made: { count: number; left: boolean }): AsyncGenerator<TurnEvent> {
  try {
    for (; made.count < 100; made.count++) yield text(4_096);
  } finally {
    made.left = true;
  }
}

describe("text that nobody reads yet", () => {
  it("is read up to 64 Ki characters", async () => {
    const made = { count: 0, left: false };
    const events = readTextAhead(much(made));
    await events.next();
    await settle();
    // Sixteen wait, and one that found no room; the first is taken.
    assert.equal(made.count, 17);
    await events.return(undefined);
    await settle();
    assert.ok(made.left, "it is read no further once its reader has left");
    assert.ok(made.count <= 18);
  });

  it("is joined into messages of at most 4,096 characters, and with nothing but text", async () => {
    const pieces = ["a", "b".repeat(10), "c".repeat(4_086), "d", "e"];
    async function* events(): AsyncGenerator<TurnEvent> {
      for (const text of pieces) yield { case: "textDelta", value: { text } };
      yield* [thinking, text(2), thinking, thinking];
    }
    const read = readTextAhead(events());
    await read.next();
    await settle();
    assert.deepEqual(
      (await Array.fromAsync(read)).map((event) => (event.case === "textDelta" ? event.value.text : event.case)),
      [`${pieces[1]}${pieces[2]}`, "de", "thinking", "xx", "thinking", "thinking"],
    );
  });

  it("ends as it ends", async () => {
    const broken = new Error("the model broke off");
    async function* events() {
      yield text(1);
      throw broken;
    }
    const read = readTextAhead(events());
    assert.deepEqual((await read.next()).value, text(1));
    await assert.rejects(read.next(), broken);
  });
});
