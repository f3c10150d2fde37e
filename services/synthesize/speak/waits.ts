import type { Clock } from "../../../infra/clock/clock.ts";

/** How long a caller waited from its first text to its first audio, by what it waited for, in milliseconds. */
export interface FirstAudioWaits {
  /** For as much text as is spoken alone. */
  readonly clauseMs: number;
  /** For its words as they are spoken. */
  readonly wordsMs: number;
  /** For a worker. */
  readonly queueMs: number;
  /** For the worker's first sound, or all of it where it is not streamed; what workers that failed took is part of it. */
  readonly engineMs: number;
  /** For the end of the silence that it began with. */
  readonly leadingSilenceMs: number;
}

/** When a segment began to be there. */
export interface Beginning {
  /** Its worker brought something. */
  readonly broughtAt: number;
  /** Of that, something went on to its reader. */
  readonly passedAt: number;
}

/** Notes what the first audio of one text waits for. Only what comes first of each kind counts. */
export interface Waits {
  /** A piece of the text has come. */
  received(): void;
  /** What has come is in words, and at the schedule. */
  offered(): void;
  /** A segment goes to a worker, for which it has waited so long, or its speech is at hand. */
  dispatched(waitedMs: number): void;
  /** A segment has ended of which nothing is heard. */
  unheard(): void;
  /** The first audio goes out, of a segment that began so. */
  heard(beginning: Beginning | undefined): void;
  /** What was waited for; undefined before the first audio. */
  readonly first: FirstAudioWaits | undefined;
}

/**
 * Makes it. The text waits for one thing after the other, so that each moment belongs to one of them, by the last that had to happen: what
 * comes late of a thing that was already over adds nothing.
 */
export function createWaits(clock: Clock): Waits {
  let firstTextAt: number | undefined;
  let lastTextAt = 0;
  /** When pieces came and were offered, until the first segment is dispatched: one of them has made it ready. */
  let offers: { readonly receivedAt: number; readonly offeredAt: number }[] = [];
  let dispatched: { readonly readyAt: number; readonly wordsMs: number; readonly at: number } | undefined;
  let unheardUntil = 0;
  let first: FirstAudioWaits | undefined;

  return {
    received() {
      lastTextAt = clock.now();
      firstTextAt ??= lastTextAt;
    },
    offered() {
      if (dispatched === undefined) offers.push({ receivedAt: lastTextAt, offeredAt: clock.now() });
    },
    dispatched(waitedMs) {
      if (dispatched !== undefined) return;
      const at = clock.now();
      const readyAt = at - waitedMs;
      const offer = offers.findLast(({ offeredAt }) => offeredAt <= readyAt);
      dispatched = { readyAt, wordsMs: offer === undefined ? 0 : offer.offeredAt - offer.receivedAt, at };
      offers = [];
    },
    unheard() {
      unheardUntil = clock.now();
    },
    heard(beginning) {
      if (first !== undefined || firstTextAt === undefined || dispatched === undefined) return;
      let at = firstTextAt;
      const until = (moment: number) => {
        const from = at;
        at = Math.max(from, moment);
        return at - from;
      };
      first = {
        clauseMs: until(dispatched.readyAt - dispatched.wordsMs),
        wordsMs: until(dispatched.readyAt),
        queueMs: until(dispatched.at),
        engineMs: until(Math.max(unheardUntil, beginning?.broughtAt ?? 0)),
        leadingSilenceMs: until(beginning?.passedAt ?? 0),
      };
    },
    get first() {
      return first;
    },
  };
}
