import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createPipe } from "../../../infra/stream/pipe.ts";
import type { TurnEvent } from "../events.ts";
import { speakBehindText } from "./text-ahead.ts";

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

async function* silence(): AsyncGenerator<TurnEvent> {}

describe("text that nobody reads yet", () => {
  it("is read up to 64 Ki characters", async () => {
    const made = { count: 0, left: false };
    const events = speakBehindText(much(made), silence());
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
    const read = speakBehindText(events(), silence());
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
    const read = speakBehindText(events(), silence());
    assert.deepEqual((await read.next()).value, text(1));
    await assert.rejects(read.next(), broken);
  });
});

describe("speech", () => {
  it("comes after its text, also if both arrive while nobody reads", async () => {
    const voice = createPipe<TurnEvent>({ capacity: 8 });
    const writer = createPipe<TurnEvent>({ capacity: 8 });
    async function* written() {
      yield* writer;
    }
    const segment = (end: number): TurnEvent => ({ case: "segment", value: { index: 0, start: 0, end } });
    const read = speakBehindText(written(), voice);
    await voice.write(thinking);
    const taken = [(await read.next()).value];
    for (const length of [1, 2]) {
      await writer.write(text(length));
      await settle();
    }
    await voice.write(segment(3));
    writer.end();
    voice.end();
    taken.push(...(await Array.fromAsync(read)));
    assert.deepEqual(taken, [thinking, text(1), text(2), segment(3)]);
  });

  it("is left with the text, also while it waits for the text to be read", async () => {
    const left: string[] = [];
    async function* endless(name: string, event: TurnEvent) {
      try {
        for (;;) {
          await settle();
          yield event;
        }
      } finally {
        left.push(name);
      }
    }
    const read = speakBehindText(endless("text", text(1)), endless("speech", thinking));
    await read.next();
    for (let count = 0; count < 10; count++) await settle();
    await read.return(undefined);
    for (let count = 0; count < 10; count++) await settle();
    assert.deepEqual(left.toSorted(), ["speech", "text"]);
  });
});
