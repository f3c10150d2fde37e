import type { Clock } from "../../../infra/clock/clock.ts";

/** Asks at most once in `freshMs`, so that a crowd of probes costs one question; callers in between share its answer. */
export function shareAnswer<T>(ask: () => Promise<T>, freshMs: number, clock: Clock): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (last === undefined || clock.now() - last.at > freshMs) last = { at: clock.now(), answer: ask() };
    return last.answer;
  };
}
