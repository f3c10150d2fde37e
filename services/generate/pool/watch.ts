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

/** Makes a watch over a server. Nothing is looked at until it is used or asked for, unless `always`. */
export function createWatch(server: ModelServer, options: WatchOptions): Watch {
  const { load, stallTimeoutMs, firstTokenTimeoutMs, always, onSighting, clock } = options;
  const closing = new AbortController();
  let cancelNext: (() => void) | undefined;
  let looking: Promise<Sighting> | undefined;
  let seen: Sighting | undefined;
  let seenAt = Number.NEGATIVE_INFINITY;
  let history: VllmCounts[] = [];
  let lastGrowthAt = clock.now();

  const note = (sighting: Sighting) => {
    const now = clock.now();
    const before = history.at(-1);
    const { counts } = sighting;
    const grew = counts?.generationTokens !== before?.generationTokens;
    if (grew || load().inFlight === 0 || counts?.running === 0) lastGrowthAt = now;
    if (counts === undefined || (before !== undefined && counts.generationTokens < before.generationTokens))
      history = [];
    if (counts !== undefined) history = [...history, counts].slice(-remembered);
    seen = sighting;
    seenAt = now;
    onSighting();
  };

  const lookNow = async (): Promise<Sighting> => {
    const sighting = await look(server, clock, closing.signal);
    note(sighting);
    return sighting;
  };

  const ask = (): Promise<Sighting> => {
    if (seen !== undefined && clock.now() - seenAt < freshMs) return Promise.resolve(seen);
    looking ??= lookNow().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  const schedule = () => {
    if (cancelNext !== undefined || closing.signal.aborted) return;
    cancelNext = clock.after(everyMs, async () => {
      cancelNext = undefined;
      // What is wrong with it is in the sighting; a watch that is being closed sees nothing.
      await ask().catch(() => {});
      if (always || load().inFlight > 0 || seen?.unwell !== undefined) schedule();
    });
  };
  if (always) schedule();

  /** How long it has written nothing although it should have; undefined if it has, or had nothing to write. */
  const silentMs = (): number | undefined => {
    if (seen?.counts === undefined) return undefined;
    const { inFlight, speaking } = load();
    const limitMs = speaking > 0 ? stallTimeoutMs / 2 : firstTokenTimeoutMs;
    const silent = seenAt - lastGrowthAt;
    return inFlight > 0 && silent >= limitMs ? silent : undefined;
  };

  return {
    ask,
    touch() {
      if (load().inFlight <= 1) lastGrowthAt = clock.now();
      schedule();
    },
    lookAgain() {
      if (seen?.unwell !== undefined) schedule();
    },
    rest() {
      if (always || seen?.unwell !== undefined) return;
      cancelNext?.();
      cancelNext = undefined;
    },
    get trouble() {
      if (seen?.unwell !== undefined) return seen.unwell;
      const silent = silentMs();
      if (silent === undefined) return undefined;
      const nothing = `it has written nothing for ${Math.round(silent / 1000)} s`;
      return load().speaking > 0 ? nothing : `${nothing} (DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS)`;
    },
    get isSilent() {
      return seen?.unwell === undefined ? silentMs() !== undefined : seen.silent;
    },
    get seen() {
      return seen;
    },
    get rates() {
      const last = history.at(-1);
      return last === undefined ? undefined : ratesBetween(history.length > 1 ? history[0] : undefined, last);
    },
    get meanBatch() {
      const running = history.map((counts) => counts.running);
      return running.length === 0 ? undefined : running.reduce((sum, value) => sum + value, 0) / running.length;
    },
    close() {
      closing.abort();
      cancelNext?.();
    },
  };
}
