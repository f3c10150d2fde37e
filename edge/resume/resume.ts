/**
 * Turns that outlive their connection. A turn with a resume window runs independently on the edge where it began, which
 * owns its log (the stored events); its caller is only the first reader. A turn without readers continues for its
 * resume window. Every edge that shares the store can read the log of every turn, and writes the end of a turn whose
 * owner has died. A request with an id is answered once: sending it again reads the log of its turn. A turn with
 * neither a resume window nor a request id is not handled here.
 */
import { randomUUID } from "node:crypto";
import type { Counter } from "prom-client";
import { type Clock, sleep } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import type { TurnEvent } from "../turn/events.ts";
import { withHeartbeats } from "../turn/stages/heartbeat.ts";
import type { Numbered } from "../turn/stages/number.ts";
import type { Turns } from "../turn/turns.ts";
import { createClaim, type NamedRequest } from "./claim.ts";
import { alreadyDone, noSuchLog, toLogFailure } from "./failures.ts";
import { createInterrupts, type Interrupts } from "./interrupts.ts";
import { readLog } from "./read.ts";
import { type Run, startRun } from "./run.ts";
import type { LogStore, TurnKey } from "./store/store.ts";
import { openLog } from "./writer.ts";

/** Options of createResume. */
export interface ResumeOptions {
  readonly store: LogStore;
  readonly turns: Turns;
  /** The maximum size of one turn's log, in bytes. */
  readonly mostBytes: number;
  /** How long an edge counts as alive without renewing its lease, in milliseconds. Default: 5000. */
  readonly leaseMs?: number;
  /** The maximum time that an event waits to be written to its turn's log, in milliseconds. */
  readonly patienceMs: number;
  readonly heartbeatIntervalMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** How long a turn outlives its connection, and how a repetition of its request is recognized. */
export interface Asked {
  /** How long the turn continues without a reader, in milliseconds. */
  readonly windowMs: number;
  /** The request's id, and a digest of its contents to detect a reused id. Default: the request has no id. */
  readonly request?: NamedRequest | undefined;
  /** How long the turn's log is stored after the turn has ended, in milliseconds. Default: two minutes. */
  readonly keptMs?: number;
}

/** Starts a turn for a call. `id` is the turn's id; without it, the turn chooses its own. */
export type StartTurn = (call: Call, id?: string) => AsyncGenerator<Numbered<TurnEvent>>;

/** A caller that reads a turn until the signal aborts. */
type Reader = Pick<Call, "tenant" | "signal">;

/** The turns of a deployment that outlive their connections. */
export interface Resume {
  readonly kind: LogStore["kind"];
  /** Why turns cannot be stored now; undefined if they can. */
  notReady(): string | undefined;
  /**
   * Returns the events of the turn that answers a call. Starts that turn, unless an earlier turn already answers the
   * same request. Throws a Failure, or whatever error the turn throws before it has started.
   */
  run(call: Call, asked: Asked, start: StartTurn): AsyncGenerator<Numbered<TurnEvent>>;
  /** Like `run`, but without heartbeats: for a turn that passes these events on and adds heartbeats of its own. */
  share(call: Call, asked: Asked, start: StartTurn): AsyncGenerator<Numbered<TurnEvent>>;
  /**
   * Returns the events of a turn after a sequence number. Throws a Failure: NOT_FOUND if the turn has no log, DATA_LOSS
   * if events are missing, UNAVAILABLE if the log cannot be read now.
   */
  resume(call: Reader, turn: string, after: number): AsyncGenerator<Numbered<TurnEvent>>;
  /** Stops a turn on another edge; resolves to whether one ran it. Throws UNAVAILABLE if the store does not answer. */
  interruptElsewhere(tenant: string, turn: string): Promise<boolean>;
  /** Waits until the turns on this edge have ended, and disconnects readers of turns that run on other edges. */
  close(): Promise<void>;
}

const defaultLeaseMs = 5_000;
// The maximum number of times that `run` tries to find or start a turn for a request. A second attempt is rare: it is
// only needed if the turn that had claimed the request was refused.
const mostTries = 20;
const tryAgainMs = 20;

/** Creates the part of an edge that stores turns. The store need not be reachable yet. */
export async function createResume(options: ResumeOptions): Promise<Resume> {
  const { store, turns, clock } = options;
  return new LastingTurns(
    options,
    await createInterrupts(store, clock, (tenant, turn) => turns.interrupt(tenant, turn)),
  );
}

class LastingTurns implements Resume {
  readonly kind: Resume["kind"];
  readonly #options: ResumeOptions;
  readonly #interrupts: Interrupts;
  readonly #lost: Counter;
  readonly #runs = new Map<string, Run>();
  readonly #closing = new AbortController();

  constructor(options: ResumeOptions, interrupts: Interrupts) {
    const { store, metrics } = options;
    this.kind = store.kind;
    this.#options = options;
    this.#interrupts = interrupts;
    this.#lost = metrics.counter("duet_edge_turn_logs_lost_total", "Turns whose events could not all be stored.");
    metrics.gauge(
      "duet_edge_turns_detached",
      "Running turns whose events no client is reading on this edge.",
      [],
      (gauge) => gauge.set([...this.#runs.values()].filter(({ isDetached }) => isDetached).length),
    );
  }

  notReady(): string | undefined {
    return this.#options.store.notReady();
  }

  run(call: Call, asked: Asked, start: StartTurn): AsyncGenerator<Numbered<TurnEvent>> {
    if (asked.windowMs === 0 && asked.request === undefined) return start(call);
    return this.#withHeartbeats(this.share(call, asked, start));
  }

  async *share(call: Call, asked: Asked, start: StartTurn): AsyncGenerator<Numbered<TurnEvent>> {
    let answered: string | undefined;
    for (let tries = 0; tries < mostTries; tries++) {
      const { run, before } = await this.#begin(call, asked, start);
      if (run !== undefined) return yield* run.read(0, call.signal);
      if (before === answered) break;
      answered = before as string;
      let isBegun = false;
      try {
        for await (const numbered of this.#read(call, answered, 0)) {
          isBegun = true;
          yield numbered;
        }
        return;
      } catch (error) {
        // NOT_FOUND: the turn that claimed the request was refused, or its log has expired. The request is tried again.
        if (isBegun || !(error instanceof Failure) || error.code !== "NOT_FOUND") throw error;
        await sleep(this.#options.clock, tryAgainMs, call.signal);
      }
    }
    throw alreadyDone();
  }

  resume(call: Reader, turn: string, after: number): AsyncGenerator<Numbered<TurnEvent>> {
    if (!turnIdForm.test(turn)) throw noSuchLog();
    return this.#withHeartbeats(this.#read(call, turn, after));
  }

  async interruptElsewhere(tenant: string, turn: string): Promise<boolean> {
    try {
      return await this.#interrupts.elsewhere(tenant, turn);
    } catch (error) {
      throw toLogFailure(error);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
    this.#interrupts.close();
  }

  /** Runs a turn with a new id, unless an earlier turn already answers the request. */
  async #begin(call: Call, { windowMs, keptMs, request }: Asked, start: StartTurn) {
    const { store, turns, clock, leaseMs = defaultLeaseMs } = this.#options;
    const key = { tenant: call.tenant, turn: randomUUID() };
    const own = new AbortController();
    let begun: Run | undefined;
    const onLost = () => begun?.lost();
    const writer = await openLog({ ...this.#options, leaseMs }, key, randomUUID(), { windowMs, keptMs }, onLost);
    const claim = createClaim(store, key, request);
    const before = await claim.take().catch(async (error) => {
      await writer.close(true);
      throw error;
    });
    if (before !== undefined) {
      await writer.close(true);
      return { before };
    }
    const run = startRun({
      key,
      events: claim.watch(start({ ...call, signal: own.signal }, key.turn)),
      writer,
      windowMs,
      isNamed: request !== undefined,
      stop() {
        if (!turns.interrupt(key.tenant, key.turn)) own.abort();
      },
      abandon: () => own.abort(),
      refused: () => claim.release(),
      store,
      clock,
      closing: this.#closing.signal,
    });
    begun = run;
    this.#runs.set(idOf(key), run);
    void run.ended.finally(() => {
      this.#runs.delete(idOf(key));
      if (!writer.kept) this.#lost.inc();
      claim.settle(writer.kept);
    });
    return { run };
  }

  async *#read({ tenant, signal }: Reader, turn: string, after: number): AsyncGenerator<Numbered<TurnEvent>> {
    const { store, clock } = this.#options;
    const key = { tenant, turn };
    const run = this.#runs.get(idOf(key));
    if (run !== undefined) return yield* run.read(after, signal);
    yield* readLog({ store, clock }, key, after, AbortSignal.any([signal, this.#closing.signal]));
  }

  #withHeartbeats(turn: AsyncGenerator<Numbered<TurnEvent>>): AsyncGenerator<Numbered<TurnEvent>> {
    return withHeartbeats(turn, this.#options.clock, this.#options.heartbeatIntervalMs);
  }
}

const turnIdForm = /^[0-9a-f-]{36}$/;
const idOf = ({ tenant, turn }: TurnKey) => JSON.stringify([tenant, turn]);
