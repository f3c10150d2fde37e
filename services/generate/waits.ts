import type { ChatEvent } from "./chat.ts";

/** How long a caller waited for the first text of an answer, in milliseconds: one field for each cause. */
export interface FirstTextWaits {
  /** The wait for admission. */
  readonly queueMs: number;
  /** The wait for the first token of any kind, after admission. */
  readonly firstTokenMs: number;
  /** The wait for the first text after the first token, while the model was thinking. */
  readonly thinkingMs: number;
}

/** Measures what the first text of an answer waits for. */
export interface Waits {
  /** Processes an event of the answer. For the first text, returns how long it had to wait; otherwise undefined. */
  take(event: ChatEvent, now: number): FirstTextWaits | undefined;
}

/** Starts measuring for an answer that was requested at `askedAt`, in milliseconds of the same clock as `now`. */
export function createWaits(askedAt: number): Waits {
  let queueMs = 0;
  let thoughtAt: number | undefined;
  let isTold = false;
  return {
    take(event, now) {
      if (event.type === "started") queueMs = event.queuedMs ?? 0;
      if (event.type === "thinking") thoughtAt ??= now - event.elapsedMs;
      if (event.type !== "delta" || isTold) return undefined;
      isTold = true;
      const tokenAt = Math.max(askedAt + queueMs, thoughtAt ?? now);
      return { queueMs, firstTokenMs: tokenAt - askedAt - queueMs, thinkingMs: now - tokenAt };
    },
  };
}
