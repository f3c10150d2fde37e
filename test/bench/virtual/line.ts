import { Failure } from "../../../edge/errors.ts";
import { type Clock, sleep } from "../../../infra/clock/clock.ts";
import { OverloadedError } from "../../../services/common/errors/request-error.ts";
import type { Listener } from "../client/listener.ts";
import type { Line } from "../client/load.ts";
import type { PlannedTurn } from "../draw.ts";

/** What a caller is told while a turn is answered; it arrives a hop later. */
export type Caller = Pick<Listener, "text" | "segment" | "sound">;

/**
 * Answers a turn: resolves at its end, throws if it failed or was refused. The signal aborts when the caller has left.
 */
export type Answer = (turn: PlannedTurn, caller: Caller, signal: AbortSignal) => Promise<void>;

/** Makes a line to whatever answers. A caller who leaves is gone at once; the other end hears of it a hop later. */
export function createLine(answer: Answer, callerMs: number, clock: Clock): Line {
  return {
    async call(turn, listener, signal) {
      const tell = (what: () => void) => void clock.after(callerMs, what);
      const caller: Caller = {
        text: () => tell(listener.text),
        segment: (words, writtenEnd) => tell(() => listener.segment(words, writtenEnd)),
        sound: (pcm) => tell(() => listener.sound(pcm)),
      };
      const left = new AbortController();
      const gone = new Promise<void>((resolve) => {
        const leave = () => {
          tell(() => left.abort());
          resolve();
        };
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      });
      const ended = async () => {
        let failure: unknown;
        try {
          await answer(turn, caller, left.signal);
        } catch (error) {
          failure = error;
        }
        await sleep(clock, callerMs);
        if (failure === undefined) listener.end("finished");
        else listener.end(isRefusal(failure) ? "refused" : "failed", (failure as Error).message);
      };
      await Promise.race([ended(), gone]);
    },
    close() {},
  };
}

/** What the edge tells its caller as RESOURCE_EXHAUSTED: its own refusals, and those of the services. */
function isRefusal(failure: unknown): boolean {
  if (failure instanceof Failure) return failure.code === "RESOURCE_EXHAUSTED";
  return failure instanceof OverloadedError;
}
