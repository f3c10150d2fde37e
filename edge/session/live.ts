import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { isLate } from "../../infra/stream/idle.ts";
import { describeCause } from "../errors.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { StopReason, Turn } from "../turn/turns.ts";
import { endTurn, leaseMs, saveTurn, undoTurn } from "./changes.ts";
import { toSessionFailure } from "./failures.ts";
import { farther, type Position } from "./heard.ts";
import { createRecorder } from "./recorder.ts";
import type { SessionKey } from "./store/store.ts";
import { type UpdateTools, update } from "./update.ts";

/** A turn of a session that runs in this process. */
export interface LiveTurn {
  readonly key: SessionKey;
  /**
   * Records an event that is about to be sent. Resolves once the event may be sent: `started` and `finished` wait
   * briefly until the turn is saved.
   */
  note(event: TurnEvent): Promise<void>;
  /** Records how far the turn was heard, as reported by its caller. */
  report(played: Position): void;
  /** Stops the turn. */
  stop(reason: StopReason): void;
  /**
   * Ends the turn in its session with what has been sent so far; later calls have no effect. `isCut` tells whether the
   * turn was stopped before its end. Resolves once the end is saved, or cannot be saved.
   */
  end(isCut: boolean): Promise<void>;
}

/** What all live turns of a process share. */
export interface LiveTools extends UpdateTools {
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the process stops saving: turns that are not saved by then are lost. */
  readonly closing: AbortSignal;
  /** Called once for each turn whose end could not be saved. */
  readonly onLost: () => void;
  /** Ended turns that are waiting to be saved. */
  readonly waiting: Set<LiveTurn>;
}

/** A turn that was opened in its session. `place`: the position of its answer among the session's messages. */
export interface LiveOptions {
  readonly key: SessionKey;
  readonly turn: Turn;
  readonly place: number;
  /** The text of the answer, if it is known in advance; otherwise empty. */
  readonly given: string;
  /** How far the store's clock is ahead of this process's clock, in milliseconds. */
  readonly aheadMs: number;
}

/**
 * How long a caller waits for the store, in milliseconds. After that time the turn continues unsaved, and is saved as
 * soon as possible.
 */
export const patienceMs = 100;

const retryMs = 250;
// How long ended turns wait to be saved, in milliseconds: long enough for a short outage of the store, and short enough
// that memory never holds more than a minute's answers.
const mostWaitingMs = 60_000;
const mostWaiting = 1_000;
/** How long a turn can be found by its id after its end, in ms: far longer than hearing it takes, even with pauses. */
export const findMs = 3_600_000;

/** Begins to save the progress of a turn that was opened in its session. */
export function startLive(tools: LiveTools, { key, turn, place, given, aheadMs }: LiveOptions): LiveTurn {
  const { store, clock, log, closing, waiting } = tools;
  const recorder = createRecorder(given);
  const id = { turn: turn.id, place };
  const now = () => clock.now() + aheadMs;
  let played: Position | undefined;
  let started = false;
  let saving: Promise<void> | undefined;
  let isStale = false;
  let ended: Promise<void> | undefined;
  const course = (cutAt?: number) => ({ answer: recorder.answer, played, cutAt });

  const save = (): Promise<void> => {
    isStale = true;
    saving ??= (async () => {
      try {
        while (isStale && ended === undefined) {
          isStale = false;
          if (!(await update(tools, key, place, (session) => saveTurn(session, id, course())))) turn.stop("superseded");
        }
      } catch (error) {
        // An outage of the store is not logged here: the store itself logs it, and the next save includes everything.
        if (toSessionFailure(error) === error)
          log.error(
            { turn: turn.id, cause: describeCause(error) },
            "a running turn could not be stored in its session",
          );
      } finally {
        saving = undefined;
      }
    })();
    return saving;
  };
  let cancelRenewal = clock.after(leaseMs / 3, renew);
  function renew() {
    if (started) void save();
    cancelRenewal = clock.after(leaseMs / 3, renew);
  }

  const finish = async (cutAt: number | undefined) => {
    const last = course(cutAt);
    cancelRenewal();
    waiting.add(live);
    const deadline = clock.now() + mostWaitingMs;
    try {
      // A save in progress must finish first: otherwise it would overwrite the turn's end.
      await saving;
      for (;;)
        try {
          const isKept = await update(tools, key, place, (session) =>
            started ? endTurn(session, id, { ...last, played }) : undoTurn(session, id),
          );
          await store.placeTurn(key.tenant, turn.id, `${place} ${key.session}`, started && isKept ? findMs : 1);
          return;
        } catch (error) {
          if (waiting.size > mostWaiting || clock.now() > deadline || closing.aborted) throw error;
          await sleep(clock, retryMs, closing).catch(() => {});
        }
    } catch (error) {
      tools.onLost();
      log.error({ turn: turn.id, cause: describeCause(error) }, "a finished turn could not be stored in its session");
    } finally {
      waiting.delete(live);
    }
  };

  const live: LiveTurn = {
    key,
    async note(event) {
      if (ended === undefined) recorder.note(event, now());
      if (event.case === "finished") await isLate(live.end(event.value.error !== undefined), clock, patienceMs);
      else if (ended !== undefined) return;
      else if (event.case === "started") {
        started = true;
        await isLate(save(), clock, patienceMs);
      } else if (event.case === "segment") void save();
    },
    report(position) {
      played = farther(played, position);
      const { rate } = recorder.answer.speech;
      if (rate > 0) turn.played({ segment: position.segment, seconds: position.offset / rate });
    },
    stop: (reason) => turn.stop(reason),
    end(isCut) {
      ended ??= finish(isCut ? now() : undefined);
      return ended;
    },
  };
  return live;
}
