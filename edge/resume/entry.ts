import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ConverseResponseSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import type { LogEntry } from "./store/store.ts";

/** Converts an event to an entry of the turn's log. */
export function toEntry({ sequence, event }: Numbered<TurnEvent>): LogEntry {
  const bytes = toBinary(ConverseResponseSchema, create(ConverseResponseSchema, { sequence, event }));
  return { sequence, bytes, ends: event.case === "finished" };
}

/** Parses the event in a log entry; undefined if this release does not know this kind of event. */
export function readEntry(bytes: Uint8Array): Numbered<TurnEvent> | undefined {
  const { sequence, event } = fromBinary(ConverseResponseSchema, bytes);
  return event.case === undefined ? undefined : { sequence, event };
}
