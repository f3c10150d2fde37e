import assert from "node:assert/strict";
import { test } from "vitest";
import type { TurnEvent } from "../../turn/events.ts";
import type { Numbered } from "../../turn/stages/number.ts";
import { meterTurn } from "./meter.ts";

const events: TurnEvent[] = [
  { case: "started", value: { audioFormat: { sampleRateHertz: 44_100, channelCount: 2 } } },
  { case: "audio", value: { pcm: new Uint8Array(400) } },
  { case: "textDelta", value: { text: "Yes." } },
  { case: "audio", value: { pcm: new Uint8Array(4) } },
];
// 16,000 flicks are a sample at 44.1 kHz, of which a frame has one for each of two channels.
const flicks = 16_000;

/** A turn of these events, and what was settled of it. */
function begin(broken?: Error) {
  const settled: number[] = [];
  const left = new AbortController();
  async function* turn(): AsyncGenerator<Numbered<TurnEvent>> {
    for (const [index, event] of events.entries()) yield { sequence: index + 1, event };
    if (broken !== undefined) throw broken;
  }
  const admit = async () => ({ settle: async (flicks: number) => void settled.push(flicks) });
  return { settled, left, metered: meterTurn(admit, left, turn()) };
}

test("a turn passes as it is, and is settled with what was sent of it", async () => {
  const { settled, metered } = begin();
  assert.deepEqual(
    (await Array.fromAsync(metered)).map(({ event }) => event),
    events,
  );
  assert.deepEqual(settled, [101 * flicks]);
});

test("a turn that breaks off is settled with what was sent until then", async () => {
  const { settled, metered } = begin(new Error("broken"));
  await assert.rejects(Array.fromAsync(metered), /broken/);
  assert.deepEqual(settled, [101 * flicks]);
});

test("a turn whose caller has left is settled though nobody reads on, and once", async () => {
  const { settled, left, metered } = begin();
  for (let times = 0; times < 2; times++) await metered.next();
  assert.deepEqual(settled, []);
  left.abort();
  assert.deepEqual(settled, [100 * flicks]);
  await metered.return(undefined);
  assert.deepEqual(settled, [100 * flicks]);
});

test("a turn whose caller has left before it was let in costs nothing", async () => {
  const { settled, left, metered } = begin();
  left.abort();
  await metered.next();
  assert.deepEqual(settled, [0]);
  await metered.return(undefined);
});
