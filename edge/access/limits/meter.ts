import type { Call } from "../../call.ts";
import type { TurnEvent } from "../../turn/events.ts";
import type { Numbered } from "../../turn/stages/number.ts";
import type { Admission } from "./limiter.ts";
import { flicksOf } from "./limits.ts";

const bytesPerSample = 2;

/**
 * Passes on a turn's events once the turn is admitted. When the turn has ended, the audio that was sent is counted in
 * place of the audio that was reserved; if the caller disconnects, this happens at once, since the rest of the events
 * may never be read.
 */
export async function* meterTurn(
  admit: () => Promise<Admission>,
  { signal }: Pick<Call, "signal">,
  turn: AsyncIterable<Numbered<TurnEvent>>,
): AsyncGenerator<Numbered<TurnEvent>> {
  const admission = await admit();
  let format = { sampleRateHertz: 1, channelCount: 1 };
  let bytes = 0;
  let settled: Promise<void> | undefined;
  const settle = () => {
    const { sampleRateHertz, channelCount } = format;
    settled ??= admission.settle(flicksOf(bytes / bytesPerSample / channelCount, sampleRateHertz));
    return settled;
  };
  const onLeft = () => void settle().catch(() => {});
  signal.addEventListener("abort", onLeft, { once: true });
  if (signal.aborted) onLeft();
  try {
    for await (const numbered of turn) {
      const { event } = numbered;
      if (event.case === "started") format = { ...format, ...event.value.audioFormat };
      if (event.case === "audio") bytes += event.value.pcm?.length ?? 0;
      yield numbered;
    }
  } finally {
    signal.removeEventListener("abort", onLeft);
    await settle();
  }
}
