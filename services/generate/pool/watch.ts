import type { Clock } from "../../../infra/clock/clock.ts";
import type { ModelServer } from "../engines/openai/server.ts";
import { look, type Sighting } from "../engines/openai/sighting.ts";
import { ratesBetween, type VllmCounts, type VllmRates } from "../engines/openai/vllm-metrics.ts";

/** Options of createWatch. */
export interface WatchOptions {
  /** How many answers the server is generating for this service, and how many of these have begun to arrive. */
  readonly load: () => { readonly inFlight: number; readonly speaking: number };
  /**
   * How long an answer that has begun may be silent. If all of a server's answers are silent for half of this, the
   * server counts as silent.
   */
  readonly stallTimeoutMs: number;
  /** How long an answer's first token may take; also how long the server may be silent if no answer has begun. */
  readonly firstTokenTimeoutMs: number;
  /** Whether to check the server even when it is not used. */
  readonly always: boolean;
  /** Called after each check of the server. */
  readonly onSighting: () => void;
  readonly clock: Clock;
}

/** Monitors a server while it is used. */
export interface Watch {
  /** Checks the server at once, unless it was checked within the last 0.5 s. Rejects once the monitor is closed. */
  ask(): Promise<Sighting>;
  /** Records that the server is being used: from now on it is checked regularly. */
  touch(): void;
  /** If the last check found the server unhealthy, checks it regularly from now on, until it is healthy. */
  lookAgain(): void;
  /** Records that the server is no longer used. */
  rest(): void;
  /** Why the server should get no work, according to the last check; undefined if it may get work. */
  readonly trouble: string | undefined;
  /** Whether `trouble` is that the server does not respond. */
  readonly isSilent: boolean;
  /** The result of the last check; undefined if there was none. */
  readonly seen: Sighting | undefined;
  /** Rates computed from the server's recent metrics. */
  readonly rates: VllmRates | undefined;
  /** The recent mean number of requests that the server processes in one step (forward pass). */
  readonly meanBatch: number | undefined;
  /** Stops monitoring. */
  close(): void;
}

/** The time between two checks of a server that is in use. */
const everyMs = 2000;
/** How long the result of a check counts as current, so that many callers within this time cost one check. */
const freshMs = 500;
/** The number of checks over which rates are computed; they span about twenty seconds. */
const remembered = 10;

class ServerWatch implements Watch {
  readonly #server: ModelServer;
  readonly #options: WatchOptions;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #cancelNext: (() => void) | undefined;
  #looking: Promise<Sighting> | undefined;
  #seen: Sighting | undefined;
  #seenAt = Number.NEGATIVE_INFINITY;
  #history: VllmCounts[] = [];
  /** When the server was last observed to have written something, or to have nothing to write. */
  #lastGrowthAt: number;

  constructor(server: ModelServer, options: WatchOptions) {
    this.#server = server;
    this.#options = options;
    this.#clock = options.clock;
    this.#lastGrowthAt = this.#clock.now();
    if (this.#options.always) this.#schedule();
  }

  ask(): Promise<Sighting> {
    if (this.#seen !== undefined && this.#clock.now() - this.#seenAt < freshMs) return Promise.resolve(this.#seen);
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  touch(): void {
    if (this.#options.load().inFlight <= 1) this.#lastGrowthAt = this.#clock.now();
    this.#schedule();
  }

  lookAgain(): void {
    if (this.#seen?.unwell !== undefined) this.#schedule();
  }

  rest(): void {
    if (this.#options.always || this.#seen?.unwell !== undefined) return;
    this.#cancelNext?.();
    this.#cancelNext = undefined;
  }

  get trouble(): string | undefined {
    if (this.#seen?.unwell !== undefined) return this.#seen.unwell;
    const silent = this.#silentMs();
    if (silent === undefined) return undefined;
    const nothing = `the model server has written nothing for ${Math.round(silent / 1000)} s`;
    return this.#options.load().speaking > 0 ? nothing : `${nothing} (DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS)`;
  }

  get isSilent(): boolean {
    return this.#seen?.unwell === undefined ? this.#silentMs() !== undefined : this.#seen.silent;
  }

  get seen(): Sighting | undefined {
    return this.#seen;
  }

  get rates(): VllmRates | undefined {
    const last = this.#history.at(-1);
    return last === undefined ? undefined : ratesBetween(this.#history.length > 1 ? this.#history[0] : undefined, last);
  }

  get meanBatch(): number | undefined {
    const running = this.#history.map((counts) => counts.running);
    return running.length === 0 ? undefined : running.reduce((sum, value) => sum + value, 0) / running.length;
  }

  close(): void {
    this.#closing.abort();
    this.#cancelNext?.();
  }

  #note(sighting: Sighting) {
    const now = this.#clock.now();
    const before = this.#history.at(-1);
    const { counts } = sighting;
    const grew = counts?.generationTokens !== before?.generationTokens;
    if (grew || counts?.running === 0) this.#lastGrowthAt = now;
    if (counts === undefined || (before !== undefined && counts.generationTokens < before.generationTokens))
      this.#history = [];
    if (counts !== undefined) this.#history = [...this.#history, counts].slice(-remembered);
    this.#seen = sighting;
    this.#seenAt = now;
    this.#options.onSighting();
  }

  async #lookNow(): Promise<Sighting> {
    const sighting = await look(this.#server, this.#clock, this.#closing.signal);
    this.#note(sighting);
    return sighting;
  }

  #schedule() {
    if (this.#cancelNext !== undefined || this.#closing.signal.aborted) return;
    this.#cancelNext = this.#clock.after(everyMs, async () => {
      this.#cancelNext = undefined;
      // The server's problems are in the result of the check; the check rejects only if the monitor is being closed.
      await this.ask().catch(() => {});
      if (this.#options.always || this.#options.load().inFlight > 0 || this.#seen?.unwell !== undefined)
        this.#schedule();
    });
  }

  /**
   * How long the server has written nothing although it should have; undefined if it is within its limits or has
   * nothing to write.
   */
  #silentMs(): number | undefined {
    if (this.#seen?.counts === undefined) return undefined;
    const { inFlight, speaking } = this.#options.load();
    const limitMs = speaking > 0 ? this.#options.stallTimeoutMs / 2 : this.#options.firstTokenTimeoutMs;
    const silent = this.#seenAt - this.#lastGrowthAt;
    return inFlight > 0 && silent >= limitMs ? silent : undefined;
  }
}

/** Creates a monitor of a server. The server is checked only while it is used, or on `ask`, unless `always` is set. */
export function createWatch(server: ModelServer, options: WatchOptions): Watch {
  return new ServerWatch(server, options);
}
