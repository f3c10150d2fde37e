import assert from "node:assert/strict";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { test } from "vitest";
import { ConverseResponseSchema, Outcome, WarningReason } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Playback } from "../audio/playback.ts";
import { createTurn, follow, isRunning, playedOf, receive, soundOf, stateOf, type Turn } from "./turn.ts";

type Event = NonNullable<MessageInitShape<typeof ConverseResponseSchema>["event"]>;

function loudspeaker() {
  const heard = {
    heardFrames: 0,
    comeFrames: 0,
    firstHeardMs: undefined as number | undefined,
    gapCount: 0,
    gapMs: 0,
    held: false,
    over: false,
  };
  const playback: Playback = Object.assign(heard, {
    push: () => {},
    end: () => {},
    stop: () => Object.assign(heard, { over: true }),
    hold: () => {},
    room: async () => {},
    receive: () => {},
  });
  return { heard, playback };
}

function turnOf(playback: Playback, ...events: Event[]): Turn {
  const turn = createTurn("?", 0);
  for (const event of events) receive(turn, create(ConverseResponseSchema, { event }).event, () => playback, 50);
  return turn;
}

const started: Event = {
  case: "started",
  value: { turnId: "t", audioFormat: { sampleRateHertz: 1000, channelCount: 1 } },
};
const text = (written: string): Event => ({ case: "textDelta", value: { text: written } });
const finished: Event = { case: "finished", value: { outcome: Outcome.COMPLETED } };

test("goes from thinking to writing to speaking to done", () => {
  const { heard, playback } = loudspeaker();
  assert.equal(stateOf(turnOf(playback, started)), "thinking");
  const turn = turnOf(playback, started, text("你好。"), finished);
  assert.equal(stateOf(turn), "writing");
  heard.firstHeardMs = 100;
  assert.equal(stateOf(turn), "speaking");
  heard.over = true;
  assert.equal(stateOf(turn), "done");
  assert.ok(!isRunning(turn));
});

test("an answer that failed can be stopped while its sound goes on", () => {
  const { heard, playback } = loudspeaker();
  heard.firstHeardMs = 100;
  const turn = turnOf(playback, started, { case: "finished", value: { outcome: Outcome.FAILED } });
  assert.equal(stateOf(turn), "speaking");
  assert.ok(isRunning(turn));
  heard.over = true;
  assert.equal(stateOf(turn), "failed");
});

const half: Event[] = [
  started,
  text("😀 你好。 unheard"),
  {
    case: "segment",
    value: {
      index: 0,
      start: 0,
      end: 5,
      spoken: "你好。",
      spans: [
        { start: 0, end: 2, spokenStart: 0, spokenEnd: 0, weight: 0 },
        { start: 2, end: 5, spokenStart: 0, spokenEnd: 3, weight: 35 },
      ],
    },
  },
  { case: "audio", value: { segment: 0, offset: 0, pcm: new Uint8Array(2000) } },
  { case: "segmentDone", value: { segment: 0, sampleCount: 1000 } },
];
const heardOf = ({ written, heard }: Turn) => written.slice(0, heard);

test("follows the voice through text beyond the basic plane, and knows what was heard as the history does", () => {
  const { heard, playback } = loudspeaker();
  const turn = turnOf(playback, ...half);
  Object.assign(heard, { firstHeardMs: 100, comeFrames: 1000, heardFrames: 10 });
  follow(turn, 200);
  assert.equal(turn.written.slice(turn.caption?.start, turn.caption?.end), "你好");
  assert.equal(heardOf(turn), "", "a word that is being said was not heard yet");
  assert.deepEqual(playedOf(turn), { segment: 0, offset: 10 });
  assert.deepEqual([turn.moments.lastSoundMs, turn.moments.soundUntilMs], [200, 1190]);
  heard.heardFrames = 1000;
  follow(turn, 1200);
  assert.equal(heardOf(turn), "😀 你好。");
});

test("what was heard to its end is all of it, and of what was stopped only what was heard", () => {
  const { heard, playback } = loudspeaker();
  const turn = turnOf(playback, ...half, finished);
  Object.assign(heard, { firstHeardMs: 100, heardFrames: 1000, over: true });
  follow(turn, 1200);
  assert.equal(heardOf(turn), "😀 你好。 unheard");

  const other = loudspeaker();
  const stopped = turnOf(other.playback, ...half);
  Object.assign(other.heard, { firstHeardMs: 100, heardFrames: 700 });
  stopped.outcome = "stopped";
  follow(stopped, 1200);
  assert.equal(heardOf(stopped), "😀 你好。");
  assert.equal(stateOf(stopped), "stopped");
});

test("a turn that another stops falls silent", () => {
  const { heard, playback } = loudspeaker();
  const turn = turnOf(playback, ...half, { case: "finished", value: { outcome: Outcome.INTERRUPTED } });
  assert.deepEqual([heard.over, stateOf(turn)], [true, "stopped"]);
});

test("is paused while it is held, and what is replayed can be held too", () => {
  const { heard, playback } = loudspeaker();
  const turn = turnOf(playback, ...half, finished);
  Object.assign(heard, { firstHeardMs: 100, held: true });
  assert.deepEqual([stateOf(turn), isRunning(turn), soundOf(turn)], ["paused", true, playback]);
  Object.assign(heard, { held: false, over: true, heardFrames: 1000 });
  follow(turn, 1200);
  const again = loudspeaker();
  Object.assign(again.heard, { firstHeardMs: 2000, heardFrames: 10 });
  turn.replay = again.playback;
  follow(turn, 2100);
  assert.deepEqual([stateOf(turn), soundOf(turn)], ["speaking", again.playback]);
  assert.equal(turn.written.slice(turn.caption?.start, turn.caption?.end), "你好");
  assert.equal(turn.heard, turn.written.length, "a replay takes nothing back");
  assert.equal(turn.moments.lastSoundMs, undefined, "and is none of the turn's own times");
});

test("knows that a model thinks, until it has ended to, and is moved by no heartbeat", () => {
  const { playback } = loudspeaker();
  const thinking = (elapsedMs: number, done: boolean): Event => ({ case: "thinking", value: { elapsedMs, done } });
  const heartbeat: Event = { case: "heartbeat", value: {} };
  const turn = turnOf(playback, heartbeat, started, thinking(900, false), heartbeat);
  assert.deepEqual([stateOf(turn), turn.reasons], ["thinking", true]);
  assert.equal(turnOf(playback, started, thinking(900, false), thinking(2_000, true)).reasons, false);
});

test("says that another voice speaks, and not that something was not spoken", () => {
  const { playback } = loudspeaker();
  const value = { reason: WarningReason.VOICE_SUBSTITUTED, start: 0, end: 3 };
  assert.deepEqual(
    [...turnOf(playback, started, text("Yes."), { case: "warning", value }).notes],
    ["note.substituted"],
  );
});

test("says what was not spoken, but not of mere lines", () => {
  const { playback } = loudspeaker();
  const unspoken = (start: number, end: number): Event => ({
    case: "warning",
    value: { reason: WarningReason.NOT_SPOKEN, start, end },
  });
  const table = text("|---|\n`x`");
  assert.deepEqual([...turnOf(playback, started, table, unspoken(0, 5)).notes], []);
  assert.deepEqual([...turnOf(playback, started, table, unspoken(6, 9)).notes], ["note.notSpoken"]);
  assert.deepEqual([...turnOf(playback, started, table, unspoken(9, 9)).notes], ["note.leftOut"]);
});
