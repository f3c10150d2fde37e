import type { Clock } from "../../infra/clock/clock.ts";
import { WarningReason } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { type Bell, createBell } from "./bell.ts";
import { incompleteLog, leaving } from "./failures.ts";
import { readLog } from "./read.ts";
import type { LogStore, TurnKey } from "./store/store.ts";
import { createTail } from "./tail.ts";
import type { LogWriter } from "./writer.ts";

/** A turn that runs on even while nobody reads its events. */
export interface Run {
  /**
   * Yields the turn's events after a sequence number, up to the turn's end or until the signal aborts. Throws what the
   * turn throws before it has started.
   */
  read(after: number, signal: AbortSignal): AsyncGenerator<Numbered<TurnEvent>>;
  /** Whether the turn has no reader in this process. */
  readonly isDetached: boolean;
  /** To be called when the log is lost. Abandons the turn if it has no reader here, or another edge wrote its end. */
  lost(): void;
  /** Resolves when the turn and its log have ended. */
  readonly ended: Promise<void>;
}

/** What startRun needs. */
export interface RunInit {
  readonly key: TurnKey;
  readonly events: AsyncIterable<Numbered<TurnEvent>>;
  /** Writes the turn's log. If the log is lost, `Run.lost` must be called. */
  readonly writer: LogWriter;
  /** How long the turn continues without a reader, in milliseconds. */
  readonly windowMs: number;
  /** Whether the request has an id, so that other callers can find the turn even before it has started. */
  readonly isNamed: boolean;
  /** Called if no reader came back within `windowMs`: must end the turn, with `finished` if it has started. */
  stop(): void;
  /** Called when nobody can read the turn any longer: must abort the turn. */
  abandon(): void;
  /** Called before the log of a turn that never started is deleted: the turn's request may then be repeated. */
  refused(): Promise<void>;
  readonly store: LogStore;
  readonly clock: Clock;
  /** Aborts when this process shuts down and its readers must stop. */
  readonly closing: AbortSignal;
}

/**
 * Runs a turn independently of its readers. Each event is stored before it is read. Readers in this process get the
 * latest events from memory and older ones from the log, so that a slow reader blocks nobody. Once the log has failed,
 * the turn runs as if it were never stored: a slow reader can block the turn, which ends when the last reader leaves.
 */
export function startRun(init: RunInit): Run {
  return new DetachableRun(init);
}

/** A reader in this process: the number of the last event it has read, and the bell that wakes it. */
interface Reader {
  at: number;
  readonly bell: Bell;
}

class DetachableRun implements Run {
  readonly #init: RunInit;
  readonly #tail = createTail();
  readonly #readers = new Set<Reader>();
  /** Rings when the slowest reader advances: the tail (the events held in memory) may then have room again. */
  readonly #room = createBell();
  #over: { readonly error?: unknown } | undefined;
  #started = false;
  #warned = false;
  #cancelWindow = () => {};
  readonly ended: Promise<void>;

  constructor(init: RunInit) {
    this.#init = init;
    this.ended = this.#pump();
  }

  get isDetached(): boolean {
    return this.#readers.size === 0 && this.#over === undefined;
  }

  lost(): void {
    if (this.#over === undefined && (this.#init.writer.fenced || this.#readers.size === 0)) this.#init.abandon();
    this.#wakeReaders();
  }

  async *read(after: number, signal: AbortSignal): AsyncGenerator<Numbered<TurnEvent>> {
    const { key, writer, store, clock, closing } = this.#init;
    if (after > this.#tail.last) throw incompleteLog();
    const reader = { at: after, bell: createBell() };
    this.#readers.add(reader);
    this.#cancelWindow();
    const onLeft = () => {
      this.#leave(reader);
      reader.bell.ring();
    };
    signal.addEventListener("abort", onLeft, { once: true });
    if (signal.aborted) onLeft();
    try {
      while (!signal.aborted) {
        const next = this.#tail.after(reader.at);
        if (next !== undefined) {
          reader.at = next.sequence;
          this.#room.ring();
          yield next;
          if (next.event.case === "finished") return;
        } else if (reader.at < this.#tail.last || writer.fenced) {
          // The events are read from the log, since the next one is no longer in memory, or another process has written
          // the turn's end.
          for await (const numbered of readLog({ store, clock }, key, reader.at, signal)) {
            reader.at = numbered.sequence;
            yield numbered;
            if (numbered.event.case === "finished") return;
            if (this.#tail.after(reader.at) !== undefined) break;
          }
        } else if (this.#over !== undefined) {
          if ("error" in this.#over) throw this.#over.error;
          return;
        } else if (closing.aborted) throw leaving();
        else await reader.bell.wait(signal);
      }
    } finally {
      signal.removeEventListener("abort", onLeft);
      this.#leave(reader);
    }
  }

  #leave(reader: Reader): void {
    if (!this.#readers.delete(reader)) return;
    this.#room.ring();
    if (this.#readers.size > 0 || this.#over !== undefined) return;
    const { writer, windowMs, isNamed } = this.#init;
    if (!writer.kept || !(this.#started || isNamed)) this.#init.abandon();
    else if (windowMs > 0) this.#waitFor(windowMs);
    else if (this.#started) this.#init.stop();
    else this.#init.abandon();
  }

  /** Ends the turn once nobody, here or on another edge, has read it for as long as its resume window. */
  #waitFor(ms: number): void {
    const { writer, windowMs, clock } = this.#init;
    this.#cancelWindow = clock.after(ms, async () => {
      const idleMs = await writer.idleMs();
      if (this.#readers.size > 0 || this.#over !== undefined) return;
      if (idleMs < windowMs && writer.kept) this.#waitFor(windowMs - idleMs);
      else this.#init.stop();
    });
  }

  async #pump(): Promise<void> {
    const { events, writer, refused } = this.#init;
    try {
      for await (const { sequence, event } of events) {
        // Heartbeats have number 0. They are dropped, since each reader gets heartbeats of its own.
        if (sequence === 0) continue;
        await this.#take(event);
      }
      this.#over = {};
    } catch (error) {
      this.#over = { error };
      if (!this.#started) await refused();
    } finally {
      this.#cancelWindow();
      await writer.close(!this.#started);
      this.#wakeReaders();
    }
  }

  async #take(event: TurnEvent): Promise<void> {
    const { writer } = this.#init;
    if (event.case === "started") {
      this.#started = true;
      const told = { ...event, value: { ...event.value, resumable: true } } as const;
      if (writer.kept) await writer.write({ sequence: this.#tail.last + 1, event: told });
      this.#warned = !writer.kept;
      return this.#push(writer.kept ? told : event);
    }
    await writer.write({ sequence: this.#tail.last + 1, event });
    if (writer.fenced) return this.#init.abandon();
    this.#push(event);
    if (!writer.kept && !this.#warned && event.case !== "finished") {
      this.#warned = true;
      this.#push({ case: "warning", value: { reason: WarningReason.NOT_RESUMABLE, start: 0, end: 0 } });
    }
    this.#trim();
    while (!writer.kept && this.#tail.isFull && this.#readers.size > 0) {
      await this.#room.wait(never);
      this.#trim();
    }
  }

  #push(event: TurnEvent): void {
    this.#tail.push({ sequence: this.#tail.last + 1, event });
    this.#wakeReaders();
  }

  #trim(): void {
    const read = Math.min(...[...this.#readers].map(({ at }) => at));
    this.#tail.trim(this.#init.writer.kept ? this.#tail.last : read);
  }

  #wakeReaders(): void {
    for (const { bell } of this.#readers) bell.ring();
  }
}

const never = new AbortController().signal;
