import type { Clock } from "../../../infra/clock/clock.ts";

/**
 * Calls `ask` at most once per `freshMs`, and gives all callers within that time the same result, so that many callers
 * cost only a single request.
 */
export function shareAnswer<T>(ask: () => Promise<T>, freshMs: number, clock: Clock): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (last === undefined || clock.now() - last.at > freshMs) last = { at: clock.now(), answer: ask() };
    return last.answer;
  };
}
