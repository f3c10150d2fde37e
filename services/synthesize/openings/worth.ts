import type { Forecast } from "./forecast.ts";

/** How much an opening may delay the first words, in milliseconds. */
const mostDelayMs = 150;
/**
 * Whether an opening that lasts `seconds` is worthwhile: it lasts until the first words arrive, so that no silence
 * follows it; without it the listener would wait longer than `fromMs` for those words; and it hardly delays them. With
 * a `fromMs` of 0, only the first of these counts.
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
