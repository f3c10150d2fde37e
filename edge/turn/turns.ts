import { randomUUID } from "node:crypto";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Call } from "../call.ts";
import { draining, tooManyTurns, tooManyTurnsOfPeer } from "./failures.ts";
import type { HeardSound } from "./speech.ts";

/** Why a turn was stopped before its own end. */
export type StopReason =
  /** Interrupt was called, or the process drained past its limit. */
  | "interrupted"
  /** Another turn of its session has begun. */
  | "superseded"
  /** The caller's deadline passed. */
  | "deadline"
  /** The caller takes nothing of what is held for him. */
  | "slow"
  /** The caller hung up. */
  | "left";

/** A turn that runs in this process. */
export interface Turn {
  /** Names it to the caller. */
  readonly id: string;
  /** Aborts when the turn is stopped; everything that the turn does takes it. */
  readonly signal: AbortSignal;
  /** Why it was stopped, if it was. */
  readonly stopped: StopReason | undefined;
  /** Stops it; the first reason stays. */
  stop(reason: StopReason): void;
  /** Its listener has heard so much of it. */
  played(heard: HeardSound): void;
  /** From now on `told` is told what its listener has heard. */
  followPlayback(told: (heard: HeardSound) => void): void;
  /** The turn is over: stops what may still run. */
  close(): void;
}

/** Who asks for a turn, and for how long they wait. */
type Caller = Pick<Call, "tenant" | "signal" | "deadline" | "peer">;

/** The turns of this process. */
export interface Turns {
  /**
   * Opens a turn that runs until its call is left or its deadline passes; without an `id` it is given one. Throws UNAVAILABLE while the process drains,
   * RESOURCE_EXHAUSTED while as many turns run as may, or as many as may of the call's address.
   */
  open(call: Caller, id?: string): Turn;
  /** Stops a turn of a tenant; false if none of this name runs. */
  interrupt(tenant: string, id: string): boolean;
  /** How many run. */
  readonly count: number;
  /** How many may run at once. */
  readonly limit: number;
  /** Opens no more turns, lets those that run finish for `timeoutMs`, then interrupts them. Resolves when none runs. */
  drain(timeoutMs: number): Promise<void>;
  /** True from the first call of `drain` on. */
  readonly draining: boolean;
}

/** What bounds the turns of a process. */
export interface TurnsOptions {
  /** How many run at once. */
  readonly maxTurns: number;
  /** How many of one address do. Default: a quarter of all. */
  readonly maxTurnsPerPeer?: number | undefined;
  readonly clock: Clock;
}

/** Makes the register of a process's turns. */
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

  constructor({ maxTurns, maxTurnsPerPeer = Math.ceil(maxTurns / 4), clock }: TurnsOptions) {
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

  /** It is stopped when its caller leaves, and at the caller's deadline. */
  runFor({ signal, deadline }: Caller, clock: Clock): void {
    const onLeft = () => {
      this.stop("left");
      // Nobody reads a turn whose caller has left: it may never be resumed to close itself.
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
