import { createPipe } from "../../../infra/stream/pipe.ts";
import type { TurnEvent } from "../events.ts";

/** Far more than a model writes in one answer, in characters. */
const heldCharacters = 64 * 1024;
/** Buffered text is joined into messages of up to this many characters. */
const messageCharacters = 4096;

/**
 * Reads what is written as soon as it is there, whether or not the turn's reader takes anything. Else a reader who
 * takes no sound would hold up the end of the text, for which the voice waits, and model and voice would keep a slot
 * for him though all is said.
 */
export async function* readTextAhead(events: AsyncGenerator<TurnEvent>): AsyncGenerator<TurnEvent> {
  const held = createPipe<TurnEvent>({ capacity: heldCharacters, sizeOf, join });
  let isLeft = false;
  const fill = async () => {
    try {
      for await (const event of events) {
        await held.write(event);
        if (isLeft) return;
      }
      held.end();
    } catch (error) {
      held.fail(error);
    }
  };
  void fill();
  try {
    yield* held;
  } finally {
    isLeft = true;
  }
}

function sizeOf({ case: kind, value }: TurnEvent): number {
  return kind === "textDelta" ? (value.text?.length ?? 0) : 1;
}

function join(last: TurnEvent, event: TurnEvent): TurnEvent | undefined {
  if (last.case !== "textDelta" || event.case !== "textDelta") return undefined;
  const text = `${last.value.text ?? ""}${event.value.text ?? ""}`;
  return text.length <= messageCharacters ? { case: "textDelta", value: { text } } : undefined;
}
