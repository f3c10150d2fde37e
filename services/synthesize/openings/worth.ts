import type { Forecast } from "./forecast.ts";

/** How much an opening may delay the first words after it, in milliseconds. */
const mostDelayMs = 150;
/**
 * Whether an opening that lasts `seconds` is worthwhile. It must meet three conditions: it lasts until the words after
 * it arrive, so that no silence follows it; without it the listener would wait longer than `fromMs` for those words;
 * and it hardly delays them. If `fromMs` is 0, only the first condition counts.
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
