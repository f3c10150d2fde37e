import type { Clock } from "../../../infra/clock/clock.ts";
import type { TurnEvent } from "../events.ts";

/** When things happened, in milliseconds since the request arrived; undefined what did not happen. */
export interface Timings {
  /** What is said in a recording was written down. */
  transcriptMs?: number;
  admittedMs?: number;
  firstTextMs?: number;
  firstAudioMs?: number;
  totalMs: number;
}

/** Notes when things happen in one turn. */
export interface Ledger {
  /** What is said in a recording is written down. */
  transcribed(): void;
  /** The voice has a place for the turn. */
  admitted(): void;
  /** The same events: notes the first text and the first audio that pass. */
  watch(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  /** What was noted up to now. */
  timings(): Timings;
}

/** Makes the ledger of a turn whose request arrives now. */
export function createLedger(clock: Clock): Ledger {
  const arrivedAt = clock.now();
  // Finer than a tenth of a millisecond is noise.
  const elapsedMs = () => Math.round((clock.now() - arrivedAt) * 10) / 10;
  const noted: Omit<Timings, "totalMs"> = {};
  return {
    transcribed() {
      noted.transcriptMs = elapsedMs();
    },
    admitted() {
      noted.admittedMs = elapsedMs();
    },
    async *watch(events) {
      for await (const event of events) {
        if (event.case === "textDelta") noted.firstTextMs ??= elapsedMs();
        if (event.case === "audio") noted.firstAudioMs ??= elapsedMs();
        yield event;
      }
    },
    timings: () => ({ ...noted, totalMs: elapsedMs() }),
  };
}
