import type { Forecast } from "./forecast.ts";

/** How much an opening may delay the first words after it, in milliseconds. */
const mostDelayMs = 150;
/**
 * Whether an opening that lasts `seconds` is worthwhile. First, it must last until the words after it arrive, so that
 * no silence follows. Second, without an opening the listener would wait longer than `fromMs` for the first words.
 * Third, the opening must hardly delay those words. If `fromMs` is 0, only the first condition counts.
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
