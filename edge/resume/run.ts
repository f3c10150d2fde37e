import type { Clock } from "../../infra/clock/clock.ts";
import { WarningReason } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { createBell } from "./bell.ts";
import { incompleteLog, leaving } from "./failures.ts";
import { readLog } from "./read.ts";
import type { LogStore, TurnKey } from "./store/store.ts";
import { createTail } from "./tail.ts";
import type { LogWriter } from "./writer.ts";

/** A turn that runs whether it is read or not. */
export interface Run {
  /** Its events behind a place, to its end; until the signal aborts. Throws what the turn throws before it has started. */
  read(after: number, signal: AbortSignal): AsyncGenerator<Numbered<TurnEvent>>;
  /** Whether nobody reads it here. */
  readonly isDetached: boolean;
  /** Its log is lost. */
  lost(): void;
  /** Resolves when it has ended, and its log with it. */
  readonly ended: Promise<void>;
}

/** A turn that is to run by itself. */
export interface RunInit {
  readonly key: TurnKey;
  readonly events: AsyncIterable<Numbered<TurnEvent>>;
  /** Its log; when it is lost the run is told. */
  readonly writer: LogWriter;
  /** How long it goes on without a reader, in milliseconds. */
  readonly windowMs: number;
  /** Whether it can be found before it has started. */
  readonly isNamed: boolean;
  /** Nobody comes back to read it: ends it with `finished`, if it has started. */
  stop(): void;
  /** Nobody can read it any more. */
  abandon(): void;
  /** It came to nothing: what it was asked for with may be asked again. Called before the log is forgotten. */
  refused(): Promise<void>;
  readonly store: LogStore;
  readonly clock: Clock;
  /** Aborts when this process must not read any more. */
  readonly closing: AbortSignal;
}

/**
 * Runs a turn by itself. Each event is in the log before anybody reads it. Whoever reads here gets the last events from memory, and what he is
 * behind by more from the log, so that a slow reader holds up nobody. Once the log has failed, the turn is as one that was never kept: a
 * reader holds it up, and the last one who leaves ends it.
 */
export function startRun(init: RunInit): Run {
  const { key, events, writer, windowMs, isNamed, store, clock, closing } = init;
  const tail = createTail();
  const readers = new Set<{ at: number; readonly bell: ReturnType<typeof createBell> }>();
  const room = createBell();
  const never = new AbortController().signal;
  let over: { readonly error?: unknown } | undefined;
  let started = false;
  let warned = false;
  let cancelWindow = () => {};

  const wakeReaders = () => {
    for (const { bell } of readers) bell.ring();
  };
  const push = (event: TurnEvent) => {
    tail.push({ sequence: tail.last + 1, event });
    wakeReaders();
  };
  const trim = () => tail.trim(writer.kept ? tail.last : Math.min(...[...readers].map(({ at }) => at)));
  const take = async (event: TurnEvent) => {
    if (event.case === "started") {
      started = true;
      const told = { ...event, value: { ...event.value, resumable: true } } as const;
      if (writer.kept) await writer.write({ sequence: tail.last + 1, event: told });
      warned = !writer.kept;
      return push(writer.kept ? told : event);
    }
    await writer.write({ sequence: tail.last + 1, event });
    if (writer.fenced) return init.abandon();
    push(event);
    if (!writer.kept && !warned && event.case !== "finished") {
      warned = true;
      push({ case: "warning", value: { reason: WarningReason.NOT_RESUMABLE, start: 0, end: 0 } });
    }
    trim();
    while (!writer.kept && tail.isFull && readers.size > 0) {
      await room.wait(never);
      trim();
    }
  };
  const pump = async () => {
    try {
      for await (const { sequence, event } of events) {
        // Each reader has heartbeats of his own.
        if (sequence === 0) continue;
        await take(event);
      }
      over = {};
    } catch (error) {
      over = { error };
      if (!started) await init.refused();
    } finally {
      cancelWindow();
      await writer.close(!started);
      wakeReaders();
    }
  };

  const leave = (reader: { at: number }) => {
    if (!readers.delete(reader as never)) return;
    room.ring();
    if (readers.size > 0 || over !== undefined) return;
    if (!writer.kept || !(started || isNamed)) init.abandon();
    else if (windowMs > 0) waitFor(windowMs);
    else if (started) init.stop();
    else init.abandon();
  };
  /** Ends the turn once nobody has read it for its window, here or elsewhere. */
  const waitFor = (ms: number) => {
    cancelWindow = clock.after(ms, async () => {
      const idleMs = await writer.idleMs();
      if (readers.size > 0 || over !== undefined) return;
      if (idleMs < windowMs && writer.kept) waitFor(windowMs - idleMs);
      else init.stop();
    });
  };

  const ended = pump();
  return {
    ended,
    lost() {
      if (over === undefined && (writer.fenced || readers.size === 0)) init.abandon();
      wakeReaders();
    },
    get isDetached() {
      return readers.size === 0 && over === undefined;
    },
    async *read(after, signal) {
      if (after > tail.last) throw incompleteLog();
      const reader = { at: after, bell: createBell() };
      readers.add(reader);
      cancelWindow();
      const onLeft = () => {
        leave(reader);
        reader.bell.ring();
      };
      signal.addEventListener("abort", onLeft, { once: true });
      if (signal.aborted) onLeft();
      try {
        while (!signal.aborted) {
          const next = tail.after(reader.at);
          if (next !== undefined) {
            reader.at = next.sequence;
            room.ring();
            yield next;
            if (next.event.case === "finished") return;
          } else if (reader.at < tail.last || writer.fenced) {
            // Behind what is at hand; or somebody else has written the end.
            for await (const numbered of readLog({ store, clock }, key, reader.at, signal)) {
              reader.at = numbered.sequence;
              yield numbered;
              if (numbered.event.case === "finished") return;
              if (tail.after(reader.at) !== undefined) break;
            }
          } else if (over !== undefined) {
            if ("error" in over) throw over.error;
            return;
          } else if (closing.aborted) throw leaving();
          else await reader.bell.wait(signal);
        }
      } finally {
        signal.removeEventListener("abort", onLeft);
        leave(reader);
      }
    },
  };
}
