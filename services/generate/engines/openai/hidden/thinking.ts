import type { Clock } from "../../../../../infra/clock/clock.ts";
import type { ChatEvent } from "../../../chat.ts";

/** The time between two reports that a model is still thinking. */
const everyMs = 1000;

/** Reports that a model is thinking and for how long, and finally that it has stopped thinking. */
export interface ThinkingTeller {
  /**
   * The report due now, if any. `thoughts`: a count that has increased if the text contained a thought; `beside`: the
   * server sent thoughts separately from the text; `ended`: text of the answer follows, or the answer has ended.
   */
  next(thoughts: number, beside: boolean, ended: boolean): Extract<ChatEvent, { type: "thinking" }> | undefined;
}

/** Creates the reporter of the thinking in one answer. */
export function createThinkingTeller(clock: Clock): ThinkingTeller {
  let since: number | undefined;
  let toldAt = 0;
  let before = 0;
  return {
    next(thoughts, beside, ended) {
      const goesOn = beside || thoughts > before;
      before = thoughts;
      if (since === undefined && !goesOn) return undefined;
      const now = clock.now();
      since ??= now;
      const event = { type: "thinking", elapsedMs: now - since, done: ended } as const;
      if (ended) {
        since = undefined;
        toldAt = 0;
        return event;
      }
      if (toldAt !== 0 && now - toldAt < everyMs) return undefined;
      toldAt = Math.max(now, 1);
      return event;
    },
  };
}
