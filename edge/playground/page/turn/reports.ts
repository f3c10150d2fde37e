import { Code, ConnectError } from "@connectrpc/connect";
import type { Position } from "../../../session/heard.ts";

/** Reports to the server how far one turn was heard, while the turn plays. */
export interface Reports {
  /**
   * Reports that the turn was heard up to `played`. Reports are sent about every half second, and at once if playback
   * is `atRest`: paused, or at its end. While a report is being sent, only the newest of the later ones is kept.
   */
  tell(played: Position, nowMs: number, atRest: boolean): void;
  /** Sends no more reports. */
  end(): void;
}

const everyMs = 500;
// How many times a report is tried, half a second apart: the server accepts reports until 30 s after the audio ends.
const mostTries = 60;

// If a report fails with one of these codes, no more reports are sent, since they would fail in the same way.
const refusals: readonly Code[] = [Code.NotFound, Code.InvalidArgument, Code.Unauthenticated, Code.PermissionDenied];

/**
 * Creates the reports of one turn; nothing is reported yet. While the server cannot be reached, `send` is tried again
 * after each `pause` of half a second.
 */
export function createReports(
  send: (played: Position) => Promise<unknown>,
  pause = () => new Promise<void>((resolve) => setTimeout(resolve, everyMs)),
): Reports {
  let told: Position | undefined;
  let toldMs = Number.NEGATIVE_INFINITY;
  let waiting: Position | undefined;
  let sends = false;
  let isOver = false;

  const sendAll = async () => {
    if (sends) return;
    sends = true;
    for (let tries = 0; waiting !== undefined && !isOver && tries < mostTries; tries++) {
      const played = waiting;
      waiting = undefined;
      try {
        await send(played);
        tries = 0;
      } catch (error) {
        isOver = refusals.includes(ConnectError.from(error).code);
        waiting ??= played;
        if (!isOver) await pause();
      }
    }
    sends = false;
  };

  return {
    tell(played, nowMs, atRest) {
      const isNews = told === undefined || told.segment !== played.segment || told.offset !== played.offset;
      if (isOver || !isNews || (!atRest && nowMs - toldMs < everyMs)) return;
      told = played;
      toldMs = nowMs;
      waiting = played;
      void sendAll();
    },
    end() {
      isOver = true;
    },
  };
}
