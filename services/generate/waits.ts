import type { ChatEvent } from "./chat.ts";

/** How long a caller waited for the first text of an answer, by what it waited for, in milliseconds. */
export interface FirstTextWaits {
  /** For a place with the servers. */
  readonly queueMs: number;
  /** From there to the first token, of whatever kind. */
  readonly firstTokenMs: number;
  /** From there to the first text. */
  readonly thinkingMs: number;
}

/** Notes what the first text of an answer waits for. */
export interface Waits {
  /** An event of the answer has come. Returns the account with the first text, and nothing with any other event. */
  take(event: ChatEvent, now: number): FirstTextWaits | undefined;
}

/** Makes it for an answer that is asked for at `askedAt`, in milliseconds of the clock that `now` is read from. */
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
