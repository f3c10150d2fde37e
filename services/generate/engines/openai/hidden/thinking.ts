import type { Clock } from "../../../../../infra/clock/clock.ts";
import type { ChatEvent } from "../../../chat.ts";

/** How often it is told that a model still thinks. */
const everyMs = 1000;

/** Tells that a model thinks, for how long, and that it has ended to. */
export interface ThinkingTeller {
  /**
   * What is to be told now, if anything. `thoughts`: grows whenever the text brought something that was thought; `beside`: the server
   * brought some beside the text; `ended`: text follows, or the end.
   */
  next(thoughts: number, beside: boolean, ended: boolean): Extract<ChatEvent, { type: "thinking" }> | undefined;
}

/** Makes a teller for one answer. */
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
