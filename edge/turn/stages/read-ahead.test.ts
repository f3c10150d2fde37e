import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createCall } from "../../call.ts";
import { Outcome } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import { createTurns, type Turn } from "../turns.ts";
import { readAhead } from "./read-ahead.ts";

const readerTimeoutMs = 12_000;
const pcm = new Uint8Array(64 << 10);
const finished = (outcome: Outcome): TurnEvent => ({ case: "finished", value: { outcome } });

/** A turn of so many audio events, made as fast as they are taken; it ends as its turn does. */
function create(count: number) {
  const clock = createVirtualClock();
  const turns = createTurns({ maxTurns: 1, clock });
  const turn = turns.open(createCall(new AbortController()));
  const made = { count: 0, ended: false };
  async function* perform(turn: Turn): AsyncGenerator<TurnEvent> {
    try {
      for (; made.count < count && !turn.signal.aborted; made.count++)
        yield { case: "audio", value: { segment: 0, offset: 0, pcm } };
      yield finished(turn.stopped === "slow" ? Outcome.FAILED : Outcome.COMPLETED);
    } finally {
      made.ended = true;
    }
  }
  const events = readAhead(perform(turn), turn, { clock, readerTimeoutMs });
  return { clock, turns, turn, made, events };
}

// Their sound would make the report of a test that fails endless.
const casesOf = (events: AsyncIterable<TurnEvent>) => Array.fromAsync(events, ({ case: name }) => name);

describe("a turn that is read ahead of its reader", () => {
  it("is made up to a bound, and to its end where that is within it", async () => {
    const long = create(1_000);
    await long.events.next();
    await long.clock.advance(0);
    // A mebibyte, with 200 bytes for each event itself; what found no room is made, and so is what the reader took.
    assert.equal(long.made.count, 17);
    const short = create(10);
    await short.events.next();
    await short.clock.advance(0);
    assert.ok(short.made.ended, "its voice is free");
    await short.clock.advance(10 * readerTimeoutMs);
    assert.equal(short.turn.stopped, undefined, "nobody waits for its reader");
    assert.equal((await Array.fromAsync(short.events)).length, 10);
  });

  it("holds text by its length, and nothing else of it for long", async () => {
    const turn = createTurns({ maxTurns: 1, clock: createVirtualClock() }).open(createCall(new AbortController()));
    const clock = createVirtualClock();
    const made = { text: 0, thinking: 0 };
    async function* perform(): AsyncGenerator<TurnEvent> {
      for (; made.thinking < 6_000; made.thinking++) yield { case: "thinking", value: { elapsedMs: 1, done: false } };
      for (; made.text < 100; made.text++) yield { case: "textDelta", value: { text: "x".repeat(64 << 10) } };
    }
    const events = readAhead(perform(), turn, { clock, readerTimeoutMs });
    await events.next();
    await clock.advance(readerTimeoutMs - 1);
    // Thoughts go beyond the bound; the first text waits for room.
    assert.deepEqual(made, { text: 0, thinking: 6_000 });
    for (let taken = 1; taken < 6_000; taken++) await events.next();
    await clock.advance(0);
    assert.equal(made.text, 16);
    await events.return(undefined);
    assert.equal(clock.pending, 0);
  });

  it("is stopped when its reader takes nothing while it waits for him, and leaves him its end alone", async () => {
    const { clock, turns, turn, made, events } = create(1_000);
    await events.next();
    await clock.advance(readerTimeoutMs - 1);
    assert.equal(turn.stopped, undefined);
    await clock.advance(1);
    assert.deepEqual([turn.stopped, made.ended, turns.count], ["slow", true, 0]);
    assert.deepEqual(await Array.fromAsync(events), [finished(Outcome.FAILED)]);
    assert.equal(clock.pending, 0);
  });

  it("shows nothing of what follows on what was dropped, though something else has stopped it before", async () => {
    const { clock, turn, events } = create(1_000);
    await events.next();
    await clock.advance(readerTimeoutMs - 1);
    turn.stop("interrupted");
    await clock.advance(1);
    assert.deepEqual(await casesOf(events), ["finished"]);
  });

  it("goes on for one who takes little, as long as he takes something", async () => {
    const { clock, turn, events } = create(30);
    for (let taken = 0; taken < 30; taken++) {
      assert.equal((await events.next()).value?.case, "audio");
      await clock.advance(readerTimeoutMs - 1);
    }
    assert.deepEqual(await Array.fromAsync(events), [finished(Outcome.COMPLETED)]);
    assert.equal(turn.stopped, undefined);
  });

  it("is stopped when its reader leaves", async () => {
    const { clock, turn, made, events } = create(1_000);
    await events.next();
    await events.return(undefined);
    await clock.advance(0);
    assert.deepEqual([turn.stopped, made.ended, clock.pending], ["left", true, 0]);
  });
});
