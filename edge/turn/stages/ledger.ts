/**
 * Records where the time until the first audio of a turn goes. Moments that the edge itself observes divide this time
 * into stretches: from the request until the voice service is asked for a slot, from then until the slot is granted,
 * then until the first text, and then until the first audio. In each stretch the edge waits for a service, which
 * reports how long it waited for what. These waits fill the stretch in order, up to its length; a phase such as `send`
 * gets the rest. So the phases always add up to the time of the first audio, whatever a service or its clock reports.
 */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clock } from "../../../infra/clock/clock.ts";
import { PhaseKind, type TimingsSchema } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../events.ts";
import type { Speech } from "../speech.ts";
import type { Writing } from "../writer.ts";
import { createPlayhead, type Playhead } from "./playhead.ts";

/** Bytes per sample frame: s16le, mono. */
const frameBytes = 2;

/** The phases of the wait for the first audio, in order, as in `PhaseKind` of the proto. */
export const phaseNames = [
  "edge",
  "transcribe",
  "voice_admission",
  "model_queue",
  "first_token",
  "thinking",
  "first_clause",
  "words",
  "voice_queue",
  "engine",
  "leading_silence",
  "send",
] as const;

/** The name of a phase of the wait for the first audio. */
export type PhaseName = (typeof phaseNames)[number];

/** The times of a turn's events, in milliseconds after the request arrived; undefined for events that never came. */
export interface Timings {
  /** When the transcript was complete, if the question was a recording. */
  transcriptMs?: number;
  admittedMs?: number;
  firstTextMs?: number;
  firstAudioMs?: number;
  totalMs: number;
  /** The duration of every phase; their sum is `firstAudioMs`. */
  phases?: Readonly<Record<PhaseName, number>>;
}

/** Records when things happen in one turn. Calls out of order, or repeated, change nothing. */
export interface Ledger {
  /** To be called when the recording has been transcribed. */
  transcribed(): void;
  /** To be called when the voice service is asked for a slot. */
  asked(): void;
  /** To be called when the voice service has granted a slot; `speech` reports what its first audio waits for. */
  admitted(speech: Pick<Speech, "waitedMs" | "waits">): void;
  /** To be called when the first text has arrived from the model. */
  wrote(writing: Pick<Writing, "waits">): void;
  /** To be called when the first text that will be spoken has arrived. */
  spoke(): void;
  /** Passes events on, and records when the first text and the first audio are sent. */
  watch(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  /** The times that have been recorded so far. */
  timings(): Timings;
  /** How the audio has arrived so far: its duration, and the gaps in which a listener would have had to wait. */
  readonly playhead: Pick<Playhead, "gaps" | "gapMs" | "seconds">;
}

/** The phases that a service reports, in the order in which they happened, each with its duration in milliseconds. */
type Waited = { readonly [Name in PhaseName]?: number | undefined };

/** Makes the ledger of a turn whose request has just arrived. */
export function createLedger(clock: Clock): Ledger {
  const arrivedAt = clock.now();
  const elapsedMs = () => toTenths(clock.now() - arrivedAt);
  const noted: Omit<Timings, "totalMs"> = {};
  const spent = Object.fromEntries(phaseNames.map((name) => [name, 0])) as Record<PhaseName, number>;
  /** `at`: all time before it has been assigned to phases. `moments`: the highest `nth` that `part` has recorded. */
  let at = arrivedAt;
  let moments = 0;
  let speech: Pick<Speech, "waits"> | undefined;
  const playhead = createPlayhead();
  let sampleRateHertz = 1;

  /**
   * Records that the turn reaches its `nth` moment, such as the first text, now. Of the time since the previous moment,
   * each phase in `waited` gets its reported duration, and the phase `rest` gets the remainder.
   */
  function part(nth: number, waited: Waited, rest: PhaseName, now = clock.now()): void {
    if (nth <= moments) return;
    moments = nth;
    for (const [name, ms = 0] of Object.entries(waited) as [PhaseName, number?][]) {
      const taken = Math.min(Math.max(0, ms), now - at);
      spent[name] += taken;
      at += taken;
    }
    spent[rest] += now - at;
    at = now;
  }

  function heard(): void {
    // The clock is read once for both uses of `now`, so that the phases add up exactly to the time of the first audio.
    const now = clock.now();
    noted.firstAudioMs = toTenths(now - arrivedAt);
    const { clauseMs, wordsMs, queueMs, engineMs, leadingSilenceMs } = speech?.waits() ?? {};
    const waited = { first_clause: clauseMs, words: wordsMs, voice_queue: queueMs, engine: engineMs };
    part(6, { ...waited, leading_silence: leadingSilenceMs }, "send", now);
    noted.phases = inTenths(spent);
  }

  return {
    transcribed() {
      noted.transcriptMs = elapsedMs();
      part(1, {}, "transcribe");
    },
    asked: () => part(2, {}, "edge"),
    admitted(its) {
      noted.admittedMs = elapsedMs();
      speech = its;
      part(3, { voice_admission: its.waitedMs }, "send");
    },
    wrote({ waits }) {
      const { queueMs, firstTokenMs, thinkingMs } = waits?.() ?? {};
      part(4, { model_queue: queueMs, first_token: firstTokenMs, thinking: thinkingMs }, "send");
    },
    spoke: () => part(5, {}, "first_clause"),
    async *watch(events) {
      for await (const event of events) {
        if (event.case === "textDelta") noted.firstTextMs ??= elapsedMs();
        if (event.case === "audio" && noted.firstAudioMs === undefined) heard();
        if (event.case === "started") sampleRateHertz = event.value.audioFormat?.sampleRateHertz || sampleRateHertz;
        if (event.case === "audio")
          playhead.came((event.value.pcm?.length ?? 0) / frameBytes / sampleRateHertz, clock.now());
        yield event;
      }
    },
    timings: () => ({ ...noted, totalMs: elapsedMs() }),
    playhead,
  };
}

/** Converts timings to the form in which callers get them. */
export function tellTimings({ phases, ...moments }: Timings): MessageInitShape<typeof TimingsSchema> {
  if (phases === undefined) return moments;
  const told = phaseNames.map((name) => ({
    kind: PhaseKind[name.toUpperCase() as Uppercase<PhaseName>],
    ms: phases[name],
  }));
  return { ...moments, phases: told };
}

/** Rounds to tenths of a millisecond: anything finer is noise. */
function toTenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Rounds the boundaries between phases, not their durations, so that the rounded phases still add up. */
function inTenths(spent: Readonly<Record<PhaseName, number>>): Record<PhaseName, number> {
  let end = 0;
  return Object.fromEntries(
    phaseNames.map((name) => {
      const begin = end;
      end += spent[name];
      return [name, toTenths(toTenths(end) - toTenths(begin))];
    }),
  ) as Record<PhaseName, number>;
}
