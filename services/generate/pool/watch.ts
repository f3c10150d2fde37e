import type { Clock } from "../../../infra/clock/clock.ts";
import type { ModelServer } from "../engines/openai/server.ts";
import { look, type Sighting } from "../engines/openai/sighting.ts";
import { ratesBetween, type VllmCounts, type VllmRates } from "../engines/openai/vllm-metrics.ts";

/** Options of createWatch. */
export interface WatchOptions {
  /** What this service has it write now, and how many of these answers have begun to come. */
  readonly load: () => { readonly inFlight: number; readonly speaking: number };
  /** How long an answer that has begun may be silent: for half as long a whole server may. */
  readonly stallTimeoutMs: number;
  /** The same before the first has begun. */
  readonly firstTokenTimeoutMs: number;
  /** Whether it is looked at even if nothing is asked of it. */
  readonly always: boolean;
  /** Told that a server was looked at. */
  readonly onSighting: () => void;
  readonly clock: Clock;
}

/** Keeps an eye on a server while it is used. */
export interface Watch {
  /** Looks at once, unless it looked within the last moment. Rejects once it is closed. */
  ask(): Promise<Sighting>;
  /** It is used: from now on it is looked at. */
  touch(): void;
  /** It would be used if it were well: from now on it is looked at until it is. */
  lookAgain(): void;
  /** It is not used any more. */
  rest(): void;
  /** Why it should be given no work, by what was seen last; undefined if it may. */
  readonly trouble: string | undefined;
  /** Whether what keeps it from work is that it gives no sign of life. */
  readonly isSilent: boolean;
  /** What was seen last; undefined if nothing was. */
  readonly seen: Sighting | undefined;
  /** By its metrics, over the last while. */
  readonly rates: VllmRates | undefined;
  /** The mean number of requests in its steps, over the last while. */
  readonly meanBatch: number | undefined;
  /** Looks no more. */
  close(): void;
}

/** How often a server in use is looked at. */
const everyMs = 2000;
/** A sighting is the present for this long, so that a crowd of callers costs one look. */
const freshMs = 500;
/** Rates are taken over so many sightings: twenty seconds. */
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
  /** When it was last seen to have written something, or to have nothing to write. */
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
    const nothing = `it has written nothing for ${Math.round(silent / 1000)} s`;
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
      // What is wrong with it is in the sighting; a watch that is being closed sees nothing.
      await this.ask().catch(() => {});
      if (this.#options.always || this.#options.load().inFlight > 0 || this.#seen?.unwell !== undefined)
        this.#schedule();
    });
  }

  /** How long it has written nothing although it should have; undefined if it has, or had nothing to write. */
  #silentMs(): number | undefined {
    if (this.#seen?.counts === undefined) return undefined;
    const { inFlight, speaking } = this.#options.load();
    const limitMs = speaking > 0 ? this.#options.stallTimeoutMs / 2 : this.#options.firstTokenTimeoutMs;
    const silent = this.#seenAt - this.#lastGrowthAt;
    return inFlight > 0 && silent >= limitMs ? silent : undefined;
  }
}

/** Makes a watch over a server. Nothing is looked at until it is used or asked for, unless `always`. */
export function createWatch(server: ModelServer, options: WatchOptions): Watch {
  return new ServerWatch(server, options);
}
