import { type Clock, sleep } from "../../infra/clock/clock.ts";
import { Outcome } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { createBell } from "./bell.ts";
import { readEntry, toEntry } from "./entry.ts";
import { incompleteLog, noSuchLog, ownerLost, ownerLostError, toLogFailure } from "./failures.ts";
import type { LogPage, LogStore, TurnKey } from "./store/store.ts";

/** The dependencies of the functions that read logs. */
export interface ReadTools {
  readonly store: LogStore;
  readonly clock: Clock;
}

// The number of entries in one page. An entry has at most 64 KiB of audio, so a page has at most 4 MiB.
const pageEntries = 64;
// After this many ms without a notification, the log is read anyway: a notification may be lost, and reading shows the
// log's owner that the log still has a reader.
const lookAgainMs = 1_000;
const patienceMs = 2_000;
const againMs = 50;
/** How long a log is kept after its turn has ended, in milliseconds. */
export const keptMs = 120_000;

/**
 * Yields the events of a turn that follow number `after`, up to the turn's end; the turn may run on any edge. If that
 * edge is gone, one of the readers writes the turn's end. Yields nothing if `after` is the number of the last event.
 * Stops when the signal aborts. Throws a Failure if the log is missing or incomplete, or the store is unreachable.
 */
export async function* readLog(
  { store, clock }: ReadTools,
  key: TurnKey,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Numbered<TurnEvent>> {
  const bell = createBell();
  let at = after;
  let stop = () => {};
  try {
    stop = await store.listen(key, bell.ring);
    while (!signal.aborted) {
      const page = await readPage(store, clock, key, at);
      if (page === undefined) throw at === after ? noSuchLog() : incompleteLog();
      for (const { sequence, bytes } of page.entries) {
        if (sequence !== at + 1) throw incompleteLog();
        at = sequence;
        const numbered = readEntry(bytes);
        if (numbered !== undefined) yield numbered;
        if (numbered?.event.case === "finished" || signal.aborted) return;
      }
      if (page.entries.length > 0) continue;
      if (at !== page.last || page.state === "incomplete") throw incompleteLog();
      if (page.state === "ended") return;
      if (page.owned) await bell.wait(signal, { clock, ms: lookAgainMs });
      else await endFor(store, key, page);
    }
  } catch (error) {
    throw toLogFailure(error);
  } finally {
    stop();
  }
}

/** Reads a page of a log, and retries if the store is briefly unavailable. Throws StoreError after 2 s of retries. */
async function readPage(store: LogStore, clock: Clock, key: TurnKey, after: number): Promise<LogPage | undefined> {
  const deadline = clock.now() + patienceMs;
  for (;;)
    try {
      return await store.read(key, after, pageEntries);
    } catch (error) {
      if (clock.now() >= deadline) throw error;
      await sleep(clock, againMs);
    }
}

/** Writes the end of a turn whose edge is gone. Throws UNAVAILABLE if the turn had not begun. */
async function endFor(store: LogStore, key: TurnKey, { last }: LogPage): Promise<void> {
  if (last === 0) throw ownerLost();
  const finished: TurnEvent = { case: "finished", value: { outcome: Outcome.FAILED, error: ownerLostError() } };
  await store.endFor(key, toEntry({ sequence: last + 1, event: finished }), keptMs);
}
