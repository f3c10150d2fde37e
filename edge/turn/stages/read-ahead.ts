import type { Clock } from "../../../infra/clock/clock.ts";
import { isLate } from "../../../infra/stream/idle.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import type { TurnEvent } from "../events.ts";
import type { Turn } from "../turns.ts";

/**
 * Buffers events, up to a bound, until the reader takes them. So the voice's slot is free as soon as the speech is
 * complete, however slowly the reader takes it.
 *
 * If the reader takes nothing for `readerTimeoutMs` while the buffer is full, the rest of the speech cannot be made.
 * The turn is then stopped, which frees the turn's slot and its voice, and the buffered events are dropped. Only
 * `finished`, the last event, still waits for the reader.
 */
export async function* readAhead(
  events: AsyncIterable<TurnEvent>,
  turn: Turn,
  { clock, readerTimeoutMs }: { readonly clock: Clock; readonly readerTimeoutMs: number },
): AsyncGenerator<TurnEvent> {
  const held = createPipe<TurnEvent>({ capacity: heldBytes, sizeOf });
  let room = Promise.resolve();
  let takenAt = clock.now();
  // Whether buffered events were dropped: the turn then cannot continue, even if it was stopped for another reason.
  let dropped = false;

  const fill = async () => {
    try {
      for await (const event of events) {
        if (isLarge(event) && !dropped && (await isStuck())) {
          dropped = true;
          turn.stop("slow");
          held.clear();
        }
        if (!dropped || event.case === "finished") room = held.write(event);
      }
      held.end();
    } catch (error) {
      held.fail(error);
    } finally {
      // The turn is closed now and not after the last event, which its reader may take much later, or never.
      if (dropped) turn.close();
    }
  };

  /** Resolves to true if the buffer stays full because the reader has taken nothing for `readerTimeoutMs`. */
  const isStuck = async (): Promise<boolean> => {
    for (let restMs = readerTimeoutMs; restMs > 0; restMs = takenAt + readerTimeoutMs - clock.now())
      if (!(await isLate(room, clock, restMs))) return false;
    return true;
  };

  void fill();
  let isLeft = true;
  try {
    for await (const event of held) {
      takenAt = clock.now();
      isLeft = event.case !== "finished";
      yield event;
      takenAt = clock.now();
    }
  } catch (error) {
    isLeft = false;
    throw error;
  } finally {
    if (isLeft) turn.stop("left");
  }
}

// The size of the buffer in bytes: 12 s of speech at 44.1 kHz, and far more text than a model writes in one answer.
const heldBytes = 1 << 20;
/** Whether an event is of a kind that fills the buffer; a turn has only a few events of other kinds. */
function isLarge(event: TurnEvent): boolean {
  return event.case === "audio" || event.case === "textDelta";
}

// An estimate of the memory, in bytes, that an event takes besides its contents.
const eventBytes = 200;

function sizeOf(event: TurnEvent): number {
  if (event.case === "audio") return eventBytes + (event.value.pcm?.length ?? 0);
  return eventBytes + (event.case === "textDelta" ? (event.value.text?.length ?? 0) : 0);
}
