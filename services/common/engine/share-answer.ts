import type { Clock } from "../../../infra/clock/clock.ts";

/**
 * Calls `ask` at most once per `freshMs`, and gives callers in between the same result: however many probes come, they
 * cost one request.
 */
export function shareAnswer<T>(ask: () => Promise<T>, freshMs: number, clock: Clock): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (last === undefined || clock.now() - last.at > freshMs) last = { at: clock.now(), answer: ask() };
    return last.answer;
  };
}
