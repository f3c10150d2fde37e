import type { TurnEvent } from "../turn/events.ts";
import { endTurn, type Opening, openTurn, type Place } from "./changes.ts";
import { type Course, toSession } from "./edits.ts";
import type { Position } from "./heard.ts";
import { messagesOf } from "./prompt.ts";
import { createRecorder } from "./recorder.ts";
import type { Change, Snapshot } from "./store/store.ts";

export const limits = { maxMessages: 100, maxBytes: 100_000 };

/** A session by itself: time and changes as a store would give them. */
export function createSession() {
  let records = new Map<string, Buffer>();
  let now = 1_000_000;
  const read = (): Snapshot => ({ now, version: "1", records });
  const apply = (change: Change | undefined) => {
    if (change === undefined) return false;
    records = new Map(records);
    for (const name of change.drop) records.delete(name);
    for (const [name, record] of change.put) records.set(name, record);
    return true;
  };
  return {
    session: () => toSession(read()),
    pass: (ms: number) => {
      now += ms;
    },
    /** Opens a turn; its question is its name, unless `opening` says otherwise. */
    open(turn: string, opening: Partial<Opening> = {}, bound = limits) {
      const asked = { turn, edge: "e", user: "me", question: turn, given: "", ...opening };
      const { place, ...change } = openTurn(read(), asked, bound);
      apply(change);
      return { turn, place };
    },
    apply,
    end: (turn: Place, course: Course) => apply(endTurn(toSession(read()), turn, course)),
    names: () => [...records.keys()].sort(),
    /** How many bytes each message takes, by its place. */
    sizes: () =>
      new Map(
        [...records]
          .filter(([name]) => name.startsWith("m"))
          .map(([name, { length }]) => [Number(name.slice(1)), length] as const)
          .sort(([one], [other]) => one - other),
      ),
    /** Who said what, and how much of it was heard. */
    said: () =>
      messagesOf(toSession(read())).map(({ role, text, heard, interrupted, estimated }) =>
        [role[0], text.slice(0, heard), interrupted && "interrupted", estimated && "estimated"]
          .filter(Boolean)
          .join(" "),
      ),
  };
}

/** The answer of a turn of two segments of 1,000 frames each, a second long, sent as far as `count` events. */
export function answer(count = 10, soundAt = 1_000_000) {
  const spans = (start: number, end: number) => [{ start, end, spokenStart: 0, spokenEnd: 4, weight: 40 }];
  const sound = (segment: number): TurnEvent => ({
    case: "audio",
    value: { segment, offset: 0, pcm: new Uint8Array(2_000) },
  });
  const events: TurnEvent[] = [
    { case: "started", value: { audioFormat: { sampleRateHertz: 1_000, channelCount: 1 } } },
    { case: "textDelta", value: { text: "今天很好明天更好" } },
    { case: "segment", value: { index: 0, start: 0, end: 4, spoken: "今天很好", spans: spans(0, 4) } },
    sound(0),
    { case: "segmentDone", value: { segment: 0, sampleCount: 1_000 } },
    { case: "segment", value: { index: 1, start: 4, end: 8, spoken: "明天更好", spans: spans(4, 8) } },
    sound(1),
    { case: "segmentDone", value: { segment: 1, sampleCount: 1_000 } },
    { case: "finished", value: {} },
  ];
  const recorder = createRecorder("");
  for (const event of events.slice(0, count)) recorder.note(event, soundAt);
  return recorder.answer;
}

/** What became of a turn with that answer. */
export const course = (played?: Position, cutAt?: number, count?: number) => ({ answer: answer(count), played, cutAt });
