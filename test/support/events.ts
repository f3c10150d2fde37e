import assert from "node:assert/strict";
import {
  type ConverseResponse,
  type Finished,
  PhaseKind,
  type SpeakResponse,
  type Started,
  type Timings,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";

/** An event of a turn, of either RPC. */
export type Event = ConverseResponse | SpeakResponse;

/** What a turn amounts to. */
export interface TurnResult {
  readonly events: readonly Event[];
  readonly started: Started;
  readonly finished: Finished;
  /** All text deltas joined. */
  readonly text: string;
  /** All audio joined. */
  readonly pcm: Buffer;
  /** How many segments were spoken to their end. */
  readonly segmentCount: number;
}

/** Reads a turn to its end and holds it to what every turn promises: order, numbers, one end. */
export async function readTurn(events: AsyncIterable<Event>): Promise<TurnResult> {
  return checkTurn(await Array.fromAsync(events));
}

/** Holds a whole turn to what every turn promises. */
export function checkTurn(all: readonly Event[]): TurnResult {
  const events = all.filter(isNumbered);
  const cases = events.map(({ event }) => event.case);
  assert.equal(cases.indexOf("finished"), events.length - 1, "finished is last and comes once");
  const finished = events.at(-1)?.event.value as Finished;
  checkPhases(finished);
  return { events, started: events[0]?.event.value as Started, finished, ...checkOrder(events) };
}

/** How far from the first audio the sum of what was waited for may be, in milliseconds. */
const sumToleranceMs = 1;

/** Whoever heard something is told what was waited for: every phase once, and together the time to the first audio. */
function checkPhases({ timings }: Finished): void {
  const { firstAudioMs, phases = [] } = timings ?? {};
  const kinds = Object.values(PhaseKind).filter((kind) => kind !== PhaseKind.UNSPECIFIED);
  assert.deepEqual(
    phases.map(({ kind }) => kind),
    firstAudioMs === undefined ? [] : kinds,
    "each phase comes once, in order",
  );
  const offMs = ledgerOffMs(timings) ?? 0;
  assert.ok(
    phases.every(({ ms }) => ms >= 0) && offMs <= sumToleranceMs,
    `phases of a first audio after ${firstAudioMs} ms are off by ${offMs} ms: ${phases.map(({ ms }) => ms)}`,
  );
}

/**
 * How far what was waited for, together, is from the first audio, in milliseconds; undefined where nothing was heard.
 */
export function ledgerOffMs({ firstAudioMs, phases = [] }: Partial<Timings> = {}): number | undefined {
  return firstAudioMs === undefined ? undefined : Math.abs(phases.reduce((rest, { ms }) => rest - ms, firstAudioMs));
}

/** Heartbeats stand anywhere between the events of a turn, and are none of them. */
function isNumbered({ event, sequence }: Event): boolean {
  if (event.case === "heartbeat") assert.equal(sequence, 0, "a heartbeat has no number");
  return event.case !== "heartbeat";
}

/** Holds the events of a turn so far, at least one, to their order. */
export function checkOrder(all: readonly Event[]): Pick<TurnResult, "text" | "pcm" | "segmentCount"> {
  const events = all.filter(isNumbered);
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    events.map((_, index) => index + 1),
    "sequence counts from 1 without gaps",
  );
  const cases = events.map(({ event }) => event.case);
  assert.equal(cases.indexOf("started"), 0, "started is first");
  assert.equal(cases.lastIndexOf("started"), 0, "started comes once");
  let text = "";
  const pcm: Uint8Array[] = [];
  let segment = -1;
  let frames = 0;
  let done = true;
  for (const { event } of events) {
    if (event.case === "textDelta") {
      assert.notEqual(event.value.text, "", "no delta is empty");
      text += event.value.text;
    }
    if (event.case === "segment") {
      assert.ok(done, "a segment is complete before the next begins");
      assert.equal(event.value.index, ++segment, "segments count from 0 without gaps");
      done = false;
      frames = 0;
    }
    if (event.case === "audio") {
      assert.equal(event.value.segment, segment, "audio belongs to the current segment");
      assert.equal(event.value.offset, frames, "audio has no gaps");
      assert.ok(event.value.pcm.length <= 65_536 && event.value.pcm.length % 2 === 0, "whole frames, at most 64 KiB");
      frames += event.value.pcm.length / 2;
      pcm.push(event.value.pcm);
    }
    if (event.case === "segmentDone") {
      assert.equal(event.value.sampleCount, frames, "sample_count counts what was sent");
      done = true;
    }
  }
  return { text, pcm: Buffer.concat(pcm), segmentCount: done ? segment + 1 : segment };
}
