import type { Forecast } from "./forecast.ts";

/** How much an opening may delay the first words. */
const mostDelayMs = 150;
/**
 * Whether an opening that lasts `seconds` is worth it: without it the listener would wait longer than `fromMs` for the
 * first words; it hardly delays them; and it lasts until they arrive, so that no silence follows it. 0: always,
 * whatever it delays.
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
