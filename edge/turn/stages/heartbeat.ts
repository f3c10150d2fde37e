import type { Clock } from "../../../infra/clock/clock.ts";
import { idle, withIdle } from "../../../infra/stream/idle.ts";
import type { TurnEvent } from "../events.ts";
import type { Numbered } from "./number.ts";

const heartbeat: Numbered<TurnEvent> = { sequence: 0, event: { case: "heartbeat", value: {} } };

/**
 * Passes events on, and adds a heartbeat whenever nothing was sent for `intervalMs`, even before the turn has started:
 * a model may think for minutes. A heartbeat is made only when the reader asks for an event, so that heartbeats never
 * pile up for a slow reader.
 */
export async function* withHeartbeats(
  events: AsyncIterable<Numbered<TurnEvent>>,
  clock: Clock,
  intervalMs: number,
): AsyncGenerator<Numbered<TurnEvent>> {
  for await (const event of withIdle(events, clock, intervalMs, { repeats: true }))
    yield event === idle ? heartbeat : event;
}
