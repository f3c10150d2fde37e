import { merge } from "../../../infra/stream/merge.ts";
import { createPipe } from "../../../infra/stream/pipe.ts";
import type { TurnEvent } from "../events.ts";

/** How much text is buffered, in characters: far more than a model writes in one answer. */
const heldCharacters = 64 * 1024;
/** Buffered text is joined into messages of up to this many characters. */
const messageCharacters = 4096;

/**
 * Merges the text of a turn and its speech into one stream, in which text always comes before the speech of it.
 *
 * Text is read as soon as it is written, whether or not the turn's reader takes any events. Otherwise a reader who
 * stops taking audio would also hold up the end of the text. The voice waits for that end, so model and voice would
 * keep their slots although nothing is left to write. Text is buffered here until the reader takes it, so speech waits
 * until the buffer is empty.
 */
export async function* speakBehindText(
  text: AsyncGenerator<TurnEvent>,
  speech: AsyncIterable<TurnEvent>,
): AsyncGenerator<TurnEvent> {
  const held = createPipe<TurnEvent>({ capacity: heldCharacters, sizeOf, join });
  let isLeft = false;
  const fill = async () => {
    try {
      for await (const event of text) {
        await held.write(event);
        if (isLeft) return;
      }
      held.end();
    } catch (error) {
      held.fail(error);
    }
  };
  async function* behind() {
    for await (const event of speech) {
      await held.drained();
      yield event;
    }
  }
  void fill();
  try {
    yield* merge(held, behind());
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
