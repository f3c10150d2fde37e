import { countCodePoints } from "../../infra/text/code-points.ts";
import type { EventOf, TurnEvent } from "./events.ts";

/**
 * Converts the events of speech that begins with a notice and a line break. Offsets are changed to count from the
 * beginning of the text after the notice. Speech of the notice itself belongs to no written text: it has an empty range
 * at the beginning.
 */
export async function* behindNotice(notice: string, events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent> {
  const length = notice === "" ? 0 : countCodePoints(notice) + 1;
  const behind = (offset: number | undefined) => Math.max(0, (offset ?? 0) - length);
  for await (const event of events) {
    if (length === 0) yield event;
    else if (event.case === "segment") {
      const { start, end, spans = [] } = event.value;
      const moved = spans.map((span) => ({ ...span, start: behind(span.start), end: behind(span.end) }));
      const value = { ...event.value, start: behind(start), end: behind(end), spans: moved };
      yield { case: "segment", value: value as EventOf<"segment"> };
    } else if (event.case === "warning")
      yield {
        case: "warning",
        value: { ...event.value, start: behind(event.value.start), end: behind(event.value.end) },
      };
    else yield event;
  }
}
