import type { Clock } from "../../../infra/clock/clock.ts";

/** How long a caller waited between its first text and its first audio, in milliseconds, by cause. */
export interface FirstAudioWaits {
  /** The wait for enough text that can be spoken by itself. */
  readonly clauseMs: number;
  /** The wait for the conversion of the first text to spoken words. */
  readonly wordsMs: number;
  /** How long the first text waited for a free worker. */
  readonly queueMs: number;
  /**
   * The wait for the worker's first audio, or for all of it if the engine does not stream; includes the time of
   * attempts that failed.
   */
  readonly engineMs: number;
  /** The wait for the end of the silence before the first sound. */
  readonly leadingSilenceMs: number;
}

/** When a segment's audio began to be available. */
export interface Beginning {
  /** When the worker first sent something of the segment. */
  readonly broughtAt: number;
  /** When audio of the segment was first passed on to its reader. */
  readonly passedAt: number;
}

/** Measures what the first audio of a text waits for. Only the first call of each kind counts. */
export interface Waits {
  /** Records that a piece of the text has arrived. */
  received(): void;
  /** Records that all text received so far was converted to words and offered to the schedule. */
  offered(): void;
  /** Records that a segment waited `waitedMs` for a worker and is now given to it, or that its speech is cached. */
  dispatched(waitedMs: number): void;
  /** Records that a segment has ended without any audio. */
  unheard(): void;
  /** Records that the first audio is sent; `beginning`: when audio of its segment began to be available. */
  heard(beginning: Beginning | undefined): void;
  /** What the first audio has waited for; undefined until it is sent. */
  readonly first: FirstAudioWaits | undefined;
}

/**
 * Starts the measurement. The first audio has to wait for several steps, one after another, in the order of
 * `FirstAudioWaits`. Each moment counts toward one step only: events of a step that is already over add nothing.
 */
export function createWaits(clock: Clock): Waits {
  let firstTextAt: number | undefined;
  let lastTextAt = 0;
  /**
   * When each piece of text arrived and was offered. Kept until the first segment is dispatched, to find the piece that
   * made that segment ready.
   */
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
