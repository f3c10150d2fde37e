import type { Forecast } from "./forecast.ts";

/** How much later the first words may be heard after an opening than without one. */
const mostDelayMs = 150;
/**
 * Whether an opening of so many seconds is worth it: its listener would wait for first words for longer than `fromMs`, they come hardly later for
 * it, and its sound lasts until they are there, or there would be silence behind it. 0: whatever it holds up.
 */
export function isWorthIt(
  seconds: number,
  forecast: Pick<Forecast, "firstWordsMs" | "followMs" | "writtenMs">,
  fromMs: number,
): boolean {
  const heardMs = seconds * 1000;
  if (heardMs < forecast.followMs()) return false;
  if (fromMs === 0) return true;
  const firstWordsMs = forecast.firstWordsMs();
  return firstWordsMs > fromMs && forecast.writtenMs(seconds) + heardMs <= firstWordsMs + mostDelayMs;
}
