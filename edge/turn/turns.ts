import { randomUUID } from "node:crypto";
import type { Clock } from "../../infra/clock/clock.ts";
import { shareOfPeer } from "../../infra/net/peer-limit.ts";
import type { Call } from "../call.ts";
import { draining, tooManyTurns, tooManyTurnsOfPeer } from "./failures.ts";
import type { HeardSound } from "./speech.ts";

/** Why a turn was stopped before its natural end. */
export type StopReason =
  /** Interrupt was called, or the process was shutting down and reached its time limit. */
  | "interrupted"
  /** Another turn of its session has begun. */
  | "superseded"
  /** The caller's deadline passed. */
  | "deadline"
  /** The caller does not read the events that are buffered for it. */
  | "slow"
  /** The caller disconnected. */
  | "left";

/** A turn that is running in this process. */
export interface Turn {
  /** The turn's id, as the caller knows it. */
  readonly id: string;
  /** Aborts when the turn is stopped; passed to everything that the turn does. */
  readonly signal: AbortSignal;
  /** Why the turn was stopped; undefined if it was not. */
  readonly stopped: StopReason | undefined;
  /** Stops the turn; only the first reason counts. */
  stop(reason: StopReason): void;
  /** Reports how much of the turn its listener has heard. */
  played(heard: HeardSound): void;
  /** From now on, calls `told` whenever the listener reports how much of the turn was heard. */
  followPlayback(told: (heard: HeardSound) => void): void;
  /** Ends the turn, and stops whatever may still be running. */
  close(): void;
}

/** Who asks for a turn, and for how long they wait. */
type Caller = Pick<Call, "tenant" | "signal" | "deadline" | "peer">;

/** The turns of this process. */
export interface Turns {
  /**
   * Opens a turn that runs until its caller disconnects or its deadline passes; without `id` one is generated. Throws
   * UNAVAILABLE while the process is draining, and RESOURCE_EXHAUSTED if the maximum number of turns is running, in
   * total or from the call's address.
   */
  open(call: Caller, id?: string): Turn;
  /** Stops the tenant's turn with this id; returns false if no such turn is running. */
  interrupt(tenant: string, id: string): boolean;
  /** The number of running turns. */
  readonly count: number;
  /** The maximum number of running turns. */
  readonly limit: number;
  /**
   * Opens no more turns, lets running ones finish for up to `timeoutMs`, then interrupts them. Resolves when none is
   * running.
   */
  drain(timeoutMs: number): Promise<void>;
  /** True as soon as `drain` has been called. */
  readonly draining: boolean;
}

/** Options of createTurns. */
export interface TurnsOptions {
  /** The maximum number of running turns. */
  readonly maxTurns: number;
  /** The maximum number of turns from one address. Default: a quarter of `maxTurns`. */
  readonly maxTurnsPerPeer?: number | undefined;
  readonly clock: Clock;
}

/** Creates the registry of a process's turns. */
export function createTurns(options: TurnsOptions): Turns {
  return new TurnRegister(options);
}

class TurnRegister implements Turns {
  readonly limit: number;
  readonly #mostOfPeer: number;
  readonly #clock: Clock;
  readonly #running = new Map<string, OpenTurn>();
  #draining = false;
  #onEmpty: (() => void) | undefined;

  constructor({ maxTurns, maxTurnsPerPeer = shareOfPeer(maxTurns), clock }: TurnsOptions) {
    this.limit = maxTurns;
    this.#mostOfPeer = maxTurnsPerPeer;
    this.#clock = clock;
  }

  open(caller: Caller, id: string = randomUUID()): Turn {
    const { tenant, peer } = caller;
    if (this.#draining) throw draining();
    if (this.#running.size >= this.limit) throw tooManyTurns(this.limit);
    if (peer !== undefined && this.#countOf(peer) >= this.#mostOfPeer) throw tooManyTurnsOfPeer(this.#mostOfPeer);
    const turn = new OpenTurn({ id, tenant, peer }, () => {
      this.#running.delete(id);
      if (this.#running.size === 0) this.#onEmpty?.();
    });
    this.#running.set(id, turn);
    turn.runFor(caller, this.#clock);
    return turn;
  }

  interrupt(tenant: string, id: string): boolean {
    const turn = this.#running.get(id);
    if (turn?.tenant !== tenant) return false;
    turn.stop("interrupted");
    return true;
  }

  get count(): number {
    return this.#running.size;
  }

  get draining(): boolean {
    return this.#draining;
  }

  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    if (this.#running.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const cancel = this.#clock.after(timeoutMs, () => {
      for (const turn of this.#running.values()) turn.stop("interrupted");
    });
    await empty;
    cancel();
  }

  #countOf(peer: string): number {
    return this.#running
      .values()
      .filter((turn) => turn.peer === peer)
      .toArray().length;
  }
}

class OpenTurn implements Turn {
  readonly id: string;
  readonly tenant: string;
  readonly peer: string | undefined;
  readonly #controller = new AbortController();
  readonly #onClose: () => void;
  #stopped: StopReason | undefined;
  #letGo = () => {};
  #told: (heard: HeardSound) => void = () => {};

  constructor({ id, tenant, peer }: { id: string; tenant: string; peer: string | undefined }, onClose: () => void) {
    this.id = id;
    this.tenant = tenant;
    this.peer = peer;
    this.#onClose = onClose;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get stopped(): StopReason | undefined {
    return this.#stopped;
  }

  /** Stops the turn when its caller leaves, and at the caller's deadline. */
  runFor({ signal, deadline }: Caller, clock: Clock): void {
    const onLeft = () => {
      this.stop("left");
      // Nobody reads the events of a turn whose caller has disconnected, so the turn might not reach its own end.
      this.close();
    };
    signal.addEventListener("abort", onLeft, { once: true });
    let cancelDeadline = () => {};
    if (deadline !== undefined)
      cancelDeadline = clock.after(Math.max(0, deadline - clock.now()), () => this.stop("deadline"));
    this.#letGo = () => {
      signal.removeEventListener("abort", onLeft);
      cancelDeadline();
    };
    if (signal.aborted) onLeft();
  }

  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#controller.abort();
  }

  played(heard: HeardSound): void {
    this.#told(heard);
  }

  followPlayback(told: (heard: HeardSound) => void): void {
    this.#told = told;
  }

  close(): void {
    this.#letGo();
    this.#controller.abort();
    this.#onClose();
  }
}
