import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";

/** The latest events of a turn, held in memory for its readers in this process. */
export interface Tail {
  /** The sequence number of the last event; 0 before the first event. */
  readonly last: number;
  /** Whether the tail takes more memory than intended, so that events must be dropped before more are added. */
  readonly isFull: boolean;
  push(event: Numbered<TurnEvent>): void;
  /** The event that follows a sequence number; undefined if the tail does not hold that event. */
  after(sequence: number): Numbered<TurnEvent> | undefined;
  /** Drops the oldest events, but none after sequence `upTo`, until the tail has no more than its intended size. */
  trim(upTo: number): void;
}

// The intended size of a tail, in bytes: 12 s of speech at 44.1 kHz, as much as is buffered for turns without a log.
const mostBytes = 1 << 20;
// The memory that an event takes in addition to its contents, in bytes.
const eventBytes = 200;

/** Makes an empty tail. */
export function createTail(): Tail {
  let events: Numbered<TurnEvent>[] = [];
  let first = 1;
  let bytes = 0;
  return {
    get last() {
      return first + events.length - 1;
    },
    get isFull() {
      return bytes > mostBytes;
    },
    push(event) {
      events.push(event);
      bytes += sizeOf(event);
    },
    after: (sequence) => (sequence + 1 < first ? undefined : events[sequence + 1 - first]),
    trim(upTo) {
      let gone = 0;
      while (bytes > mostBytes && gone < events.length && first + gone <= upTo) {
        bytes -= sizeOf(events[gone] as Numbered<TurnEvent>);
        gone++;
      }
      if (gone === 0) return;
      events = events.slice(gone);
      first += gone;
    },
  };
}

function sizeOf({ event }: Numbered<TurnEvent>): number {
  if (event.case === "audio") return eventBytes + (event.value.pcm?.length ?? 0);
  return eventBytes + (event.case === "textDelta" ? (event.value.text?.length ?? 0) : 0);
}
